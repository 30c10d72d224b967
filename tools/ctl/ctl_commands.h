/* The commands of kabarctl. To add one: its file ctl_<name>.c, its declaration and its row here. */
#ifndef TOOLS_CTL_COMMANDS_H
#define TOOLS_CTL_COMMANDS_H

#include "tools/common/ctl.h"

int ctl_backup(struct ctl *ctl, int argc, char **argv);
int ctl_completion(struct ctl *ctl, int argc, char **argv);
int ctl_codebook(struct ctl *ctl, int argc, char **argv);
int ctl_config(struct ctl *ctl, int argc, char **argv);
int ctl_erase(struct ctl *ctl, int argc, char **argv);
int ctl_doctor(struct ctl *ctl, int argc, char **argv);
int ctl_explain(struct ctl *ctl, int argc, char **argv);
int ctl_export(struct ctl *ctl, int argc, char **argv);
int ctl_import(struct ctl *ctl, int argc, char **argv);
int ctl_inbox(struct ctl *ctl, int argc, char **argv);
int ctl_key(struct ctl *ctl, int argc, char **argv);
int ctl_link(struct ctl *ctl, int argc, char **argv);
int ctl_log(struct ctl *ctl, int argc, char **argv);
int ctl_people(struct ctl *ctl, int argc, char **argv);
int ctl_purge(struct ctl *ctl, int argc, char **argv);
int ctl_read(struct ctl *ctl, int argc, char **argv);
int ctl_reload(struct ctl *ctl, int argc, char **argv);
int ctl_restore(struct ctl *ctl, int argc, char **argv);
int ctl_rules(struct ctl *ctl, int argc, char **argv);
int ctl_sample(struct ctl *ctl, int argc, char **argv);
int ctl_status(struct ctl *ctl, int argc, char **argv);
int ctl_user(struct ctl *ctl, int argc, char **argv);
int ctl_store_copy(int argc, char **argv); /* store copy */
int ctl_store_command(struct ctl *ctl, int argc, char **argv);
int ctl_tail(struct ctl *ctl, int argc, char **argv);
int ctl_trace(struct ctl *ctl, int argc, char **argv);
int ctl_verify(struct ctl *ctl, int argc, char **argv);
int ctl_play(struct ctl *ctl, int argc, char **argv);

/* Each row: {name, function, usage, help}, */
#define CTL_COMMANDS                                                                               \
	{"backup", ctl_backup,                                                                     \
		"backup FILE | backup --into DIRECTORY [--keep N] | backup --check FILE",          \
		"write a consistent copy of the store with its checksum; look at one"},            \
		{"codebook", ctl_codebook, "codebook [--markdown | --card]",                                \
			"what can be reported and how, from the form files"},                      \
		{"completion", ctl_completion, "completion bash|zsh|fish",                         \
			"what a shell completes, to be sourced by it"},                            \
		{"config", ctl_config, "config check [--json]",                                    \
			"prove all configuration files"},                                          \
		{"erase", ctl_erase,                                                               \
			"erase --person MSISDN|NIK [--dry-run] [--yes] | "                         \
			"erase --report REF [--dry-run] [--yes]",                                  \
			"empty what tells who somebody was; counts stay, and an audit row says it"}, \
		{"doctor", ctl_doctor, "doctor [--json]",                                          \
			"look at everything, and say what to do about what is wrong"},             \
		{"explain", ctl_explain, "explain REF|MSISDN [--json]",                                     \
			"what became of a message: octets, text, reading, report, reply, "         \
			"delivery"},                                                               \
		{"export", ctl_export,                                                             \
			"export reports [--from DAY] [--to DAY] [--area A] [--form F] [--excel] "  \
			"[--xlsx FILE] [--training] [--as ACCOUNT [--password-file FILE]] | "      \
			"export values|events --period MONTH "                                     \
			"[--mapping FILE] [--dry-run] [--push] [--anyway] [--journal FILE] | "     \
			"export fhir --period MONTH [--mapping FILE]",                             \
			"reports as CSV or Excel; counts and events for DHIS2, a bundle for FHIR"}, \
		{"import", ctl_import,                                                             \
			"import areas|puskesmas|posyandu|people FILE.csv [--dry-run] [--replace "          \
			"[--yes]] [--province NN] | import sasaran FILE.csv [--dry-run]", \
			"bring a list into the store"},                                            \
		{"inbox", ctl_inbox, "inbox list [--answered] [--json] | inbox answer ID TEXT",             \
			"messages that a human must answer"},                                      \
		{"key", ctl_key, "key init|rotate|show",                                           \
			"the key that seals NIK and phone numbers: for a store of before, "          \
			"a new one, which"},                                                       \
		{"link", ctl_link, "link up|down|pause NAME",                                      \
			"let a link go, end it, or keep it bound and send nothing"},               \
		{"log", ctl_log, "log level [error|warn|info|debug]",                              \
			"what the running gateway logs at most, until its next reload"},           \
		{"people", ctl_people,                                                             \
			"people list [--role R] [--area A] [--state S] [--posyandu ID] [--json] | people "  \
			"block|unblock MSISDN | "                                                   \
			"people move MSISDN --area A [--posyandu ID]",                            \
			"who is on file"},                                                         \
		{"purge", ctl_purge, "purge [--raw-older-than 90d] [--dry-run]",                    \
			"empty the texts of old messages; reports and audit stay"},                \
		{"read", ctl_read, "read [--from MSISDN] [--now TIME] [--explain]",                \
			"what messages mean (stdin: MSISDN<TAB>text per line), as JSON; changes "  \
			"nothing"},                                                                \
		{"reload", ctl_reload, "reload",                                                   \
			"make the running gateway read its configuration again"},                  \
		{"restore", ctl_restore, "restore [--yes] FILE | restore --check FILE",            \
			"a backup in the place of the store; prove one"},                          \
		{"rules", ctl_rules, "rules",                                                      \
			"alert rules for Prometheus, made from the conditions of health"},         \
		{"sample", ctl_sample, "sample fill [--months N] [--seed N]",                      \
			"months of plausible reports, for demonstrations and training"},           \
		{"status", ctl_status, "status [--json]", "how the running gateway is doing"},     \
		{"store", ctl_store_command, "store init|accept | store show [--json] | store copy "      \
			"--from sqlite:FILE --to CONNINFO [--verify]",                             \
			"make the store; say that it is the right one; which one it is"},          \
		{"tail", ctl_tail, "tail", "the running gateway's log as it is written"},          \
		{"trace", ctl_trace, "trace REF|MSISDN [--json]",                                  \
			"the whole life of messages in order of time, with delays"},               \
		{"user", ctl_user,                                                                 \
			"user add NAME --role R --area A [--name \"FULL NAME\"] | user password "  \
			"NAME | user disable|enable NAME | user list [--json]",                             \
			"accounts of the web front; the password comes from standard input"},      \
		{"verify", ctl_verify, "verify [--mend] [--json]",                                          \
			"count again from the reports and name what differs, or set it right"},    \
		{"play", ctl_play, "play [--show] [--store CONNINFO] FILE.play ...",               \
			"run transcripts on a virtual clock"},

#endif
