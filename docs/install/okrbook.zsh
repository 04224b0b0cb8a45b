#compdef okrbook
# zsh completion of okrbook
_okrbook() {
    local -a commands goal_options
    local state line
    commands=(
        'build:write the workbook'
        'check:print the findings, like a compiler'
        'judge:judge bare statements\: a CSV with a text column, or lines'
        'export:goals, checkins, teams, findings, inputs or rejects as CSV or JSON Lines'
        'formats:the known input formats; with files\: how each one is read'
        'rules:the rule pack; --test runs every rule'\''s own examples'
        'init:write the editable tables as CSV; overwrites nothing'
    )
    goal_options=(
        '*--goals=[read FILE as goals]:file:_files'
        '*--checkins=[read FILE as check-ins]:file:_files'
        '*--teams=[read FILE as teams]:file:_files'
        '--config=[tables that add to or replace those in the box]:dir:_files -/'
        '*--set=[put a setting in force (repeatable)]:name=value: '
        '--as-of=[the day to report for (default: SOURCE_DATE_EPOCH, else today, UTC)]:date: '
        '--cycle=[the cycle to report (default: the one that holds the as-of date)]:name: '
        '*--team=[only this team (repeatable)]:name: '
        '--org=[the organization'\''s name]:name: '
        '--input-format=[read every input as this format]:name: '
        '--encoding=[the inputs'\'' encoding]:name: '
        '--delimiter=[the inputs'\'' delimiter: comma, semicolon, tab, pipe or the character]:c:(comma semicolon tab pipe)'
        '--date-order=[dmy, mdy or ymd]:order:(dmy mdy ymd)'
        '--decimal=[point or comma]:mark:(point comma)'
        '--strict[any rejected row fails the run]'
        '--fail-on=[error, warning or never: findings at or above it make the status 1]:level:(error warning never)'
        '--previous=[goals as they were at an earlier run]:file:_files'
        '(-j --jobs)'{-j+,--jobs=}'[processes to write split workbooks with (default: one a core)]:n: '
        '(-q --quiet)'{-q,--quiet}'[errors only]'
        '(-v --verbose)'{-v,--verbose}'[say what was read, written and found]'
        '--log-format=[messages as text or json]:name:(text json)'
        '--progress=[auto, always or never: a progress line on a terminal'\''s stderr]:when:(auto always never)'
        '(-h --help)'{-h,--help}'[print this and exit]'
        '--version[print the version and exit]'
    )
    _arguments -C '(- *)--help[print this and exit]' '(- *)--version[print the version and exit]' \
        '1:command:->command' '*::argument:->arguments'
    case $state in
    command)
        _describe 'command' commands
        ;;
    arguments)
        case $line[1] in
        (build)
            _arguments "${(@)goal_options}" \
                '(-o --output)'{-o+,--output=}'[the workbook to write (with --split: the folder)]:file:_files' \
                '--split=[one workbook a team in the folder of -o, and a summary workbook linked to them]:team:(team)' \
                '--template=[board (all sheets), team, onepager or data]:name:(board team onepager data)' \
                '--profile=[board or accessible]:name:(board accessible)' \
                '--snapshot=[write the canonical goals that the next run takes as --previous]:file:_files' \
                '--status-file=[write one JSON object about the run: times, exit, counts, hashes]:file:_files' \
                '*:input:_files'
            ;;
        (check)
            _arguments "${(@)goal_options}" \
                '--format=[csv or jsonl; check also has text]:name:(text csv jsonl)' \
                '*:input:_files'
            ;;
        (judge)
            _arguments '--format=[csv or jsonl; check also has text]:name:(csv jsonl)' \
                '--corpus=[compare the verdicts with a labelled CSV]:file:_files' \
                '--config=[tables that add to or replace those in the box]:dir:_files -/' \
                '*--set=[put a setting in force (repeatable)]:name=value: ' \
                '--as-of=[the day to report for (default: SOURCE_DATE_EPOCH, else today, UTC)]:date: ' \
                '--encoding=[the inputs'\'' encoding]:name: ' \
                '--delimiter=[the inputs'\'' delimiter: comma, semicolon, tab, pipe or the character]:c:(comma semicolon tab pipe)' \
                '(-q --quiet)'{-q,--quiet}'[errors only]' \
                '(-v --verbose)'{-v,--verbose}'[say what was read, written and found]' \
                '--log-format=[messages as text or json]:name:(text json)' \
                '(-h --help)'{-h,--help}'[print this and exit]' \
                '--version[print the version and exit]' \
                '1:input:_files'
            ;;
        (export)
            _arguments "${(@)goal_options}" \
                '--format=[csv or jsonl; check also has text]:name:(csv jsonl)' \
                '1:table:(goals checkins teams findings inputs rejects)' '*:input:_files'
            ;;
        (formats)
            _arguments '--map=[write a first mapping of FILE'\''s columns, to edit and use with --config]:file:_files' \
                '*--goals=[read FILE as goals]:file:_files' \
                '*--checkins=[read FILE as check-ins]:file:_files' \
                '*--teams=[read FILE as teams]:file:_files' \
                '--config=[tables that add to or replace those in the box]:dir:_files -/' \
                '*--set=[put a setting in force (repeatable)]:name=value: ' \
                '--as-of=[the day to report for (default: SOURCE_DATE_EPOCH, else today, UTC)]:date: ' \
                '--input-format=[read every input as this format]:name: ' \
                '--encoding=[the inputs'\'' encoding]:name: ' \
                '--delimiter=[the inputs'\'' delimiter: comma, semicolon, tab, pipe or the character]:c:(comma semicolon tab pipe)' \
                '--date-order=[dmy, mdy or ymd]:order:(dmy mdy ymd)' \
                '--decimal=[point or comma]:mark:(point comma)' \
                '(-q --quiet)'{-q,--quiet}'[errors only]' \
                '(-v --verbose)'{-v,--verbose}'[say what was read, written and found]' \
                '--log-format=[messages as text or json]:name:(text json)' \
                '(-h --help)'{-h,--help}'[print this and exit]' \
                '--version[print the version and exit]' \
                '*:input:_files'
            ;;
        (rules)
            _arguments '--test[run the rules'\'' own examples]' \
                '--config=[tables that add to or replace those in the box]:dir:_files -/' \
                '(-q --quiet)'{-q,--quiet}'[errors only]' \
                '(-v --verbose)'{-v,--verbose}'[say what was read, written and found]' \
                '--log-format=[messages as text or json]:name:(text json)' \
                '(-h --help)'{-h,--help}'[print this and exit]' \
                '--version[print the version and exit]' \
                '1:rule: '
            ;;
        (init)
            _arguments '(-q --quiet)'{-q,--quiet}'[errors only]' \
                '(-v --verbose)'{-v,--verbose}'[say what was read, written and found]' \
                '--log-format=[messages as text or json]:name:(text json)' \
                '(-h --help)'{-h,--help}'[print this and exit]' \
                '--version[print the version and exit]' \
                '1:folder:_files -/'
            ;;
        esac
        ;;
    esac
}
_okrbook "$@"
