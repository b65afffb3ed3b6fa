# In ~/.bashrc: source <(gitops-triggers completion bash)
_gitops_triggers() {
  # What stands between the program and the cursor; the program itself says what may follow.
  local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}"
  line="${line#"${COMP_WORDS[0]}"}"
  line="${line#"${line%%[![:space:]]*}"}"
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null | grep -v '^[/?]')" -- "$word"))
}
complete -o default -F _gitops_triggers gitops-triggers
