# Completion of skytale for fish: skytale completion fish | source
function __skytale_complete
    set -l found (skytale complete (commandline -cp | string collect) 2>/dev/null)
    if set -q found[1]
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c skytale -f -a '(__skytale_complete)'
