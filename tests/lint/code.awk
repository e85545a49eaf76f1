# Prints FILE:LINE:CODE for every line of C, with comments removed and literals emptied, so that words can be looked for.

FNR == 1 { comment = 0 }

{
    rest = $0
    code = ""
    while (rest != "") {
        if (comment) {
            at = index(rest, "*/")
            if (!at)
                break
            rest = substr(rest, at + 2)
            comment = 0
        } else if (match(rest, /\/\*|\/\/|"|'/)) {
            code = code substr(rest, 1, RSTART - 1)
            opened = substr(rest, RSTART, RLENGTH)
            rest = substr(rest, RSTART + RLENGTH)
            if (opened == "//")
                break
            if (opened == "/*") {
                comment = 1
                code = code " "
            } else {
                code = code opened opened
                literal = opened == "'" ? "^([^'\\\\]|\\\\.)*'" : "^([^\"\\\\]|\\\\.)*\""
                if (match(rest, literal))
                    rest = substr(rest, RLENGTH + 1)
                else
                    rest = ""
            }
        } else {
            code = code rest
            rest = ""
        }
    }
    if (code ~ /[^ \t]/)
        print FILENAME ":" FNR ":" code
}
