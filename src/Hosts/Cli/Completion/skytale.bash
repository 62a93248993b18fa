# Completion of skytale for bash: source <(skytale completion bash)
_skytale() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("${line%%$'\t'*}")
    done < <("$1" complete "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}
complete -o default -F _skytale skytale
