# The metrics by Prometheus' own judgement; the alert rules made from the conditions of health; the dashboard fed by a
# Prometheus that asks a gateway.

load gateway

free_port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

fetch() {
	python3 -c 'import sys, urllib.request; sys.stdout.write(urllib.request.urlopen(sys.argv[1], timeout=120).read().decode())' "$1"
}

setup_file() {
	printf 'wait bind\nsms +6281200000001: LAHIR ?\nexpect reply ~ .\nwait answered\n' >"$dir/script"
	operator_start
	port=$(free_port)
	echo "$port" >"$dir/http.port"
	printf '[http]\nlisten = 127.0.0.1:%s\n' "$port" >>"$dir/kabar.conf"
	gateway_start
	fetch "http://127.0.0.1:$port/metrics" >"$dir/metrics"
}

teardown_file() {
	gateway_stop
}

@test "promtool finds nothing wrong with the metrics" {
	command -v promtool >/dev/null || skip "promtool is not installed (Debian: prometheus)"
	run promtool check metrics <"$dir/metrics"
	echo "$output"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	run promtool check metrics <<<$'# HELP bad_counter x\n# TYPE bad_counter counter\nbad_counter 1'
	[ "$status" -ne 0 ]
}

@test "histograms count what happened, links have their numbers" {
	grep -q '^kabar_acknowledgement_seconds_count 1$' "$dir/metrics"
	grep -q '^kabar_reply_seconds_count 1$' "$dir/metrics"
	grep -q '^kabar_reply_seconds_bucket{le="+Inf"} 1$' "$dir/metrics"
	grep -qE '^kabar_commit_seconds_count [1-9]' "$dir/metrics"
	grep -qE '^kabar_link_received_total\{link="uji"\} 1$' "$dir/metrics"
	grep -qE '^kabar_link_sent_total\{link="uji"\} 1$' "$dir/metrics"
	grep -qE '^kabar_link_window_size\{link="uji"\} 10$' "$dir/metrics"
	grep -qE '^kabar_link_receipts_total\{link="uji",state="delivered"\} [0-9]' "$dir/metrics"
	grep -q '^kabar_build_info{version="' "$dir/metrics"
	grep -q '^kabar_backup_age_seconds -1$' "$dir/metrics"
}

@test "each condition of health has an alert that says what to do" {
	"$top_builddir/kabarctl" rules >"$dir/kabar.rules.yml"
	for name in $(sed -n 's/^kabar_condition{name="\([a-z-]*\)".*/\1/p' "$dir/metrics"); do
		grep -q "kabar_condition{name=.\"$name.\"} == 1" "$dir/kabar.rules.yml" || { echo "$name has none"; return 1; }
	done
	[ -n "$name" ]
	! grep -q 'description: ""' "$dir/kabar.rules.yml"
	! grep -q 'summary: ""' "$dir/kabar.rules.yml"
	command -v promtool >/dev/null || skip "promtool is not installed (Debian: prometheus)"
	run promtool check rules "$dir/kabar.rules.yml"
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "an alert fires when its condition holds, and not before it has lasted" {
	command -v promtool >/dev/null || skip "promtool is not installed (Debian: prometheus)"
	"$top_builddir/kabarctl" rules >"$dir/kabar.rules.yml"
	cat >"$dir/alerts.test.yml" <<-'END'
		rule_files: [kabar.rules.yml]
		evaluation_interval: 30s
		tests:
		  - interval: 30s
		    input_series:
		      - series: 'kabar_condition{name="alarm-waits",weight="bad",job="kabar"}'
		        values: '0 0 1x10'
		      - series: 'up{job="kabar"}'
		        values: '1x20'
		    alert_rule_test:
		      - eval_time: 1m
		        alertname: KabarAlarmWaits
		      - eval_time: 4m
		        alertname: KabarAlarmWaits
		        exp_alerts:
		          - exp_labels: {severity: critical, name: alarm-waits, weight: bad, job: kabar}
		            exp_annotations:
		              summary: a death or an emergency waits to be sent
		              description: 'call the bidan and puskesmas by phone now; then look at the links: kabarctl status'
	END
	run promtool test rules "$dir/alerts.test.yml"
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "each panel of the dashboard is answered by a Prometheus that asks this gateway" {
	command -v prometheus >/dev/null || skip "prometheus is not installed"
	port=$(free_port)
	"$top_builddir/kabarctl" rules >"$dir/kabar.rules.yml"
	cat >"$dir/prometheus.yml" <<-END
		global: {scrape_interval: 1s, evaluation_interval: 1s}
		rule_files: [kabar.rules.yml]
		scrape_configs:
		  - job_name: kabar
		    static_configs: [{targets: ['127.0.0.1:$(cat "$dir/http.port")']}]
	END
	prometheus --config.file="$dir/prometheus.yml" --storage.tsdb.path="$dir/tsdb" --web.listen-address="127.0.0.1:$port" \
		--log.level=error >"$dir/prometheus.log" 2>&1 3>&- &
	prometheus=$!
	run python3 "$top_srcdir/tests/tools/dashboard.py" "$top_srcdir/conf/prometheus/kabar-grafana.json" \
		"http://127.0.0.1:$port" "$dir/metrics"
	kill "$prometheus"
	wait "$prometheus" || true
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *' panels, '*' answered'* ]]
}
