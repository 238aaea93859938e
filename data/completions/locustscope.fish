# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What fish offers behind locustscope.

# What is typed of a name, without the option that it is the value of.
function __locustscope_word
    commandline -ct | string replace -r -- '^--[^=]*=' '' | string unescape -n
end

# Folders, and files with one of the endings.
function __locustscope_files
    set -l wanted '(?:/|'(string join '|' -- (string escape --style=regex -- $argv))')$'
    __fish_complete_path (__locustscope_word) | string replace -r '\t.*' '' \
        | string match -er -- "(?i)$wanted"
end

# The name that was begun, with each ending that a picture or numbers may have.
function __locustscope_outputs
    __locustscope_files .png .svg .pdf
    set -l stem (__locustscope_word \
        | string replace -r '(?<=[^/])\.(p|pn|pd|s|sv|c|cs|png|pdf|svg|csv)?$' '')
    string match -qr '[^/]$' -- $stem
    and printf '%s\n' $stem.{png,svg,pdf,csv}
end

set -l statistics average min max total-average p50 p66 p75 p80 p90 p95 p98 p99 p99.9 p99.99 p100
set -l limits $statistics= failures= failure-share=

complete -c locustscope -f
complete -c locustscope -a '(__locustscope_files .csv .gz)'
complete -c locustscope -l demo -d 'Show the built-in sample run'
complete -c locustscope -l export -x -a '(__locustscope_outputs)' -d 'Draw the charts and exit'
complete -c locustscope -l size -x -a '800x600 1200x800 1600x900 1920x1080' -d 'Size of the picture'
complete -c locustscope -l scale -x -a '1 2 3 4' -d 'Pixels a unit of size in a PNG'
complete -c locustscope -l theme -x -a 'light dark' -d 'Colors of the picture'
complete -c locustscope -l endpoint -x -d 'Export only endpoints that fit'
complete -c locustscope -l statistic -x -a "$statistics" -d 'Response time to export'
complete -c locustscope -l throughput -x -a 'requests failures written' -d 'Throughput to export'
complete -c locustscope -l window -x -a 'block 5 10 30 60' -d 'Averaging window, in seconds'
complete -c locustscope -l failures -d 'A third chart, of failures/s'
complete -c locustscope -l logarithmic -d 'A logarithmic scale'
complete -c locustscope -l elapsed -d 'Times since the start of the run'
complete -c locustscope -l failure-share -d 'A third chart, of the share that failed'
complete -c locustscope -l limit -x -a "$limits" -d 'Exit with 2 above a value'
complete -c locustscope -l run -x -d 'Only one run, from 1'
complete -c locustscope -l baseline -x -a '(__locustscope_files .csv .gz)' -d 'Compare with another file'
complete -c locustscope -l baseline-run -x -d 'Which run of that file, from 1'
complete -c locustscope -l version -d 'Print the version and exit'
complete -c locustscope -s h -l help -d 'Show help and exit'
complete -c locustscope -l help-all -d 'Show all help and exit'
complete -c locustscope -l help-gapplication -d 'Show help of GApplication and exit'
