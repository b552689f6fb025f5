# cups.sh: a print server of the test's own on the loopback, whose queues go to listeners (listener.py). This computer's own isn't touched.
# shellcheck shell=bash disable=SC2034
. "$ROOT/tests/office/office.sh"
# cupsd runs backends as another user, who can't look into $TMP.
cups=$(mktemp -d "${TMPDIR:-/tmp}/dossier-cups.XXXXXX")
chmod 755 "$cups"
processes=()
leave() {
    kill "${processes[@]}" 2>/dev/null
    for _ in $(seq 40); do
        kill -0 "${processes[@]}" 2>/dev/null || break
        sleep 0.05
    done
    kill -9 "${processes[@]}" 2>/dev/null
    rm -rf "$cups"
}
trap leave EXIT
# until_true WORD…: asks again and again until the command is true, and not for ever.
until_true() {
    local asked=0
    until "$@"; do
        sleep 0.05
        asked=$((asked + 1))
        [ "$asked" -lt 600 ] || fail "in vain: $*: $(cat "$TMP/stdout" "$TMP/stderr"; tail -5 "$cups/log/error")"
    done
}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# begin_cups [LINE…]: the server, with further lines for its cupsd.conf; CUPS_SERVER names it from then on.
begin_cups() {
    local port line
    port=$(free_port)
    mkdir -p "$cups"/{root,spool,spool/tmp,cache,state,log,bin}
    # Its programs as they are, with room for a test's own backends.
    cp -rs /usr/lib/cups/. "$cups/bin" 2>/dev/null
    cat >"$cups/root/cups-files.conf" <<END
ServerRoot $cups/root
ServerBin $cups/bin
RequestRoot $cups/spool
TempDir $cups/spool/tmp
CacheDir $cups/cache
StateDir $cups/state
AccessLog $cups/log/access
ErrorLog $cups/log/error
PageLog $cups/log/page
Sandboxing relaxed
Printcap
SystemGroup $(id -gn)
END
    cat >"$cups/root/cupsd.conf" <<END
Listen 127.0.0.1:$port
Browsing No
WebInterface No
DefaultAuthType None
LogLevel info
JobRetryInterval 3600
DirtyCleanInterval 0
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
SubscriptionPrivateAccess all
SubscriptionPrivateValues none
<Limit All>
Order deny,allow
</Limit>
</Policy>
END
    for line in "$@"; do
        echo "$line" >>"$cups/root/cupsd.conf"
    done
    start_cups
    export CUPS_SERVER=127.0.0.1:$port
    until_true runs
}
runs() { lpstat -r 2>/dev/null | grep -q 'is running'; }
start_cups() {
    /usr/sbin/cupsd -f -c "$cups/root/cupsd.conf" -s "$cups/root/cups-files.conf" >"$cups/log/out" 2>&1 &
    server=$!
    processes+=("$server")
}
# begin_queue NAME [OPTION…]: a queue that goes to a listener; what came lies in $cups/NAME/1.pdf …
begin_queue() {
    local name=$1
    shift
    mkdir -p "$cups/$name"
    python3 "$ROOT/tests/spool/listener.py" "$cups/$name" &
    processes+=("$!")
    until_true [ -s "$cups/$name/port" ]
    lpadmin -p "$name" -E -v "socket://127.0.0.1:$(cat "$cups/$name/port")/?contimeout=1" -o printer-error-policy=stop-printer "$@" 2>"$TMP/lpadmin" ||
        fail "no queue $name: $(cat "$TMP/lpadmin" "$cups/log/error")"
}
came() { find "$cups/$1" -name '*.pdf' | wc -l; }
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$(cat "$cups/$1/port")") 2>/dev/null; }
silent() { ! answers "$1"; }
# jam NAME [N]: after N jobs (else from now on) the printer answers nobody; unjam NAME: it does again, and its queue goes on.
jam() {
    echo "${2:-0}" >"$cups/$1/jam"
    [ "${2:-0}" -gt 0 ] || until_true silent "$1"
}
unjam() {
    rm -f "$cups/$1/jam"
    until_true answers "$1"
    cupsenable "$1"
}
