# vpctui completion for bash: the program itself says what may come next.
# bash takes `lambda:name` for three words, so the program gets the line as it was typed, and bash's idea of the word.
_vpctui() {
    local word
    COMPREPLY=()
    while IFS= read -r word; do
        # Names in AWS may hold blanks; in quotes they are fine as they are.
        if [[ $word == *[^[:alnum:]_./:=,@%+-]* && $2 != [\"\']* ]]; then
            printf -v word %q "$word"
        fi
        COMPREPLY+=("$word")
    done < <(VPCTUI_COMPLETE=bash vpctui -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
    [[ ${COMPREPLY-} != *[/:=] ]] || compopt -o nospace 2>/dev/null
}
complete -o bashdefault -F _vpctui vpctui
