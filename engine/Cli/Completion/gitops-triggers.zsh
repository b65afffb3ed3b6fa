#compdef gitops-triggers
# In ~/.zshrc, after compinit: source <(gitops-triggers completion zsh)
_gitops_triggers() {
  # What stands between the program and the cursor; the program itself says what may follow.
  local line="${(j: :)words[2,CURRENT]}"
  local -a found
  found=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null | grep -v '^[/?]')}")
  compadd -- "${found[@]:#}" || _files
}
compdef _gitops_triggers gitops-triggers
