goal
