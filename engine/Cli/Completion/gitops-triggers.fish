# In ~/.config/fish/config.fish: gitops-triggers completion fish | source
function __gitops_triggers_complete
    # What stands between the program and the cursor; the program itself says what may follow.
    set -l line (commandline -cp | string replace -r '^\s*\S+\s*' '')
    gitops-triggers "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | string match -v -r '^[/?]'
end
complete -c gitops-triggers -a '(__gitops_triggers_complete)'
