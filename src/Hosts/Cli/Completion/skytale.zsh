#compdef skytale
# Completion of skytale for zsh: source <(skytale completion zsh), after compinit
_skytale() {
    local line
    local -a found
    while IFS= read -r line; do
        found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done < <("${words[1]}" complete "${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)
    if (( $#found )); then _describe skytale found; else _files; fi
}
compdef _skytale skytale
