no-such-folder
