# bash completion of okrbook
_okrbook() {
    local word=$2 before=$3 command=${COMP_WORDS[1]} options=
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W 'build check judge export formats rules init --help --version' -- "$word")
        return
    fi
    # --option=VALUE comes as three words.
    [ "$before" != = ] || before=${COMP_WORDS[COMP_CWORD-2]}
    [ "$word" != = ] || { before=${COMP_WORDS[COMP_CWORD-1]} word=; }
    case $before in
    --format)
        options='csv jsonl'
        [ "$command" != check ] || options='text csv jsonl'
        ;;
    --split) options='team' ;;
    --template) options='board team onepager data' ;;
    --profile) options='board accessible' ;;
    --date-order) options='dmy mdy ymd' ;;
    --decimal) options='point comma' ;;
    --fail-on) options='error warning never' ;;
    --log-format) options='text json' ;;
    --progress) options='auto always never' ;;
    --delimiter) options='comma semicolon tab pipe' ;;
    --config)
        mapfile -t COMPREPLY < <(compgen -d -- "$word")
        return
        ;;
    -o | --output | --snapshot | --status-file | --corpus | --map | --goals | --checkins | --teams | --previous)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
    esac
    if [ -n "$options" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
        return
    fi
    case $command in
    build) options='-o --output --split --template --profile --snapshot --status-file --goals --checkins --teams --config --set --as-of --cycle --team --org --input-format --encoding --delimiter --date-order --decimal --strict --fail-on --previous -j --jobs -q --quiet -v --verbose --log-format --progress -h --help --version' ;;
    check) options='--format --goals --checkins --teams --config --set --as-of --cycle --team --org --input-format --encoding --delimiter --date-order --decimal --strict --fail-on --previous -j --jobs -q --quiet -v --verbose --log-format --progress -h --help --version' ;;
    judge) options='--format --corpus --config --set --as-of --encoding --delimiter -q --quiet -v --verbose --log-format -h --help --version' ;;
    export) options='--format --goals --checkins --teams --config --set --as-of --cycle --team --org --input-format --encoding --delimiter --date-order --decimal --strict --fail-on --previous -j --jobs -q --quiet -v --verbose --log-format --progress -h --help --version' ;;
    formats) options='--map --goals --checkins --teams --config --set --as-of --input-format --encoding --delimiter --date-order --decimal -q --quiet -v --verbose --log-format -h --help --version' ;;
    rules) options='--test --config -q --quiet -v --verbose --log-format -h --help --version' ;;
    init) options='-q --quiet -v --verbose --log-format -h --help --version' ;;
    esac
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    elif [ "$command" = export ] && [ "$COMP_CWORD" -eq 2 ]; then
        mapfile -t COMPREPLY < <(compgen -W 'goals checkins teams findings inputs rejects' -- "$word")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
    fi
}
complete -o filenames -F _okrbook okrbook
