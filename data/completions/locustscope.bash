# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What bash offers behind locustscope.  It needs nothing but bash: "=" parts
# words there, so that what an option's value is offered for may be the word
# after next to its name.

# Those of the words that begin so: WORDS WORD
_locustscope_offer()
{
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

# A word as it is typed may be quoted; what is offered Readline quotes again.
_locustscope_unquote()
{
  compopt -o filenames
  case $1 in
    \"* | \'*) word=${1:1} ;;
    *) word=${1//\\/} ;;
  esac
}

# Folders, and files with one of the endings: WORD ENDING...
_locustscope_files()
{
  local word name ending
  _locustscope_unquote "$1"
  while IFS= read -r name; do
    if [[ -d ${name/#\~/$HOME} ]]; then
      COMPREPLY+=("$name")
      continue
    fi
    for ending in "${@:2}"; do
      [[ ${name,,} != *"$ending" ]] || COMPREPLY+=("$name")
    done
  done < <(compgen -f -- "$word")
}

# The name that was begun, with each ending that a picture or numbers may have.
_locustscope_outputs()
{
  local word stem ending
  _locustscope_unquote "$1"
  stem=$word
  [[ ! $word =~ ^(.*[^/])\.(p|pn|pd|s|sv|c|cs|png|pdf|svg|csv)?$ ]] || stem=${BASH_REMATCH[1]}
  [[ -n ${stem##*/} ]] || return 0
  for ending in png svg pdf csv; do
    [[ $stem.$ending != "$word"* ]] || COMPREPLY+=("$stem.$ending")
  done
}

_locustscope_value()
{
  local statistics="average min max total-average p50 p66 p75 p80 p90 p95 p98 p99 p99.9 p99.99 p100"

  case $1 in
    --export)
      _locustscope_files "$2" .png .svg .pdf
      _locustscope_outputs "$2"
      ;;
    --baseline) _locustscope_files "$2" .csv .gz ;;
    --size) _locustscope_offer "800x600 1200x800 1600x900 1920x1080" "$2" ;;
    --scale) _locustscope_offer "1 2 3 4" "$2" ;;
    --theme) _locustscope_offer "light dark" "$2" ;;
    --statistic) _locustscope_offer "$statistics" "$2" ;;
    --throughput) _locustscope_offer "requests failures written" "$2" ;;
    --window) _locustscope_offer "block 5 10 30 60" "$2" ;;
    --limit)
      statistics+=" failures failure-share"
      _locustscope_offer "${statistics// /= }=" "$2"
      compopt -o nospace
      ;;
    --endpoint | --run | --baseline-run) ;; # as only the file knows them
    *) return 1 ;;
  esac
}

_locustscope()
{
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} option=

  COMPREPLY=()
  if [[ $word == = ]]; then
    option=$before word=
  elif [[ $before == = && COMP_CWORD -gt 2 ]]; then
    option=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if [[ -n $option ]]; then
    _locustscope_value "$option" "$word"
    return 0
  fi
  # A value may be a word of its own.
  _locustscope_value "$before" "$word" && return 0
  if [[ $word == -* ]]; then
    _locustscope_offer "--demo --export= --size= --scale= --theme= --endpoint= --statistic=
      --throughput= --window= --failures --logarithmic --elapsed --failure-share --limit= --run=
      --baseline= --baseline-run= --version --help --help-all --help-gapplication" "$word"
    [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace
    return 0
  fi
  _locustscope_files "$word" .csv .gz
}

complete -F _locustscope locustscope
