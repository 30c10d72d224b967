/* kabarctl rules: alert rules for Prometheus, one for each condition of the gateway's health, and
 * for what the gateway cannot say of itself. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "gateway/health.h"
#include "tools/ctl/ctl_commands.h"

#define WARN_FOR "15m" /* what is worth a look is told when it lasts */

/* "alarm-waits" as "KabarAlarmWaits". */
static void print_name(const char *name)
{
	bool upper = true;

	fputs("Kabar", stdout);
	for (; *name; name++) {
		if (*name != '-')
			putchar(upper ? toupper((unsigned char)*name) : *name);
		upper = *name == '-';
	}
}

/* A text of YAML in double quotes. */
static void print_quoted(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
	putchar('"');
}

static void print_rule(const char *name, const char *expression, const char *lasts,
	const char *severity, const char *summary, const char *todo)
{
	fputs("      - alert: ", stdout);
	print_name(name);
	fputs("\n        expr: ", stdout);
	print_quoted(expression);
	printf("\n        for: %s\n        labels:\n          severity: %s\n        annotations:\n"
	       "          summary: ",
		lasts, severity);
	print_quoted(summary);
	fputs("\n          description: ", stdout);
	print_quoted(todo);
	putchar('\n');
}

static void print_conditions(void)
{
	struct condition_now rows[CONDITIONS_MAX];
	size_t count = health_rows(rows);

	for (size_t i = 0; i < count; i++) {
		char *expression = xasprintf("kabar_condition{name=\"%s\"} == 1", rows[i].name);
		bool bad = rows[i].weight == CONDITION_BAD;

		print_rule(rows[i].name, expression, bad ? "1m" : WARN_FOR,
			bad ? "critical" : "warning", rows[i].help, health_remedy(rows[i].name));
		free(expression);
	}
}

int ctl_rules(struct ctl *ctl, int argc, char **argv)
{
	(void)ctl;
	if (argc > 1)
		return ctl_usage_error(argv[0], "unexpected argument \"%s\"", argv[1]);
	puts("# Alert rules of Kabar for Prometheus, made by: kabarctl rules\n"
	     "# The severity critical calls somebody now, warning in the hours of work.\n"
	     "groups:\n"
	     "  - name: kabar\n"
	     "    rules:");
	print_rule("gateway-gone", "up{job=\"kabar\"} == 0", "2m", "critical",
		"kabard does not answer: no message is read",
		"systemctl status kabard; journalctl -u kabard says why it ended");
	print_rule("not-scraped", "absent(up{job=\"kabar\"})", "10m", "warning",
		"Prometheus does not ask kabard",
		"give [http] listen in kabar.conf, and a job named kabar in prometheus.yml");
	print_conditions();
	print_rule("replies-slow",
		"histogram_quantile(0.95, rate(kabar_reply_seconds_bucket[10m])) > 60", "10m",
		"warning", "one answer in twenty takes over a minute",
		"kabarctl status: a link that is down, throttled or slower than the traffic");
	print_rule("commits-slow",
		"histogram_quantile(0.95, rate(kabar_commit_seconds_bucket[10m])) > 0.5", "10m",
		"warning", "the disk is slow to make messages durable",
		"kabarctl doctor measures it; end what else writes to this disk");
	print_rule("throttled", "rate(kabar_link_throttled_total[10m]) > 1", "30m", "warning",
		"an operator throttles what is sent",
		"set rate of its section to what the contract says");
	print_rule("account-refused", "kabar_link_account_refused == 1", "2m", "critical",
		"an operator refuses our account", "system_id and password of its section");
	return 0;
}
