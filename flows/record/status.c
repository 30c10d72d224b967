/* The status of a report, and what may be done in it: see status.h. */
#include "flows/record/status.h"

#include <string.h>

#include "parsers/text/util.h"

static const char *const standings[] = {
	[STANDING_STRANGER] = "stranger",
	[STANDING_OUTSIDE] = "outside",
	[STANDING_SCOPE] = "scope",
	[STANDING_VERIFIER] = "verifier",
};

static const char *const links[] = {
	[LINK_NONE] = "",
	[LINK_SAME] = "same",
	[LINK_REPLACES] = "replaces",
	[LINK_REPLACED] = "replaced",
	[LINK_DIFFERENT] = "different",
	[LINK_BELONGS] = "belongs",
};

const char *standing_name(enum standing standing)
{
	return standings[standing];
}

const char *linkage_name(enum linkage link)
{
	return links[link];
}

enum standing standing_by_name(const char *name)
{
	for (size_t i = 0; name != NULL && i < COUNT_OF(standings); i++) {
		if (strcmp(standings[i], name) == 0)
			return (enum standing)i;
	}
	return STANDING_SCOPE;
}

enum linkage linkage_by_name(const char *name)
{
	for (size_t i = 0; name != NULL && i < COUNT_OF(links); i++) {
		if (strcmp(links[i], name) == 0)
			return (enum linkage)i;
	}
	return LINK_NONE;
}

enum report_status status_of(const struct status_facts *facts)
{
	if (facts->ended != STATUS_ACCEPTED)
		return facts->ended;
	if (facts->link == LINK_SAME)
		return STATUS_DUPLICATE;
	if (facts->link == LINK_REPLACES)
		return STATUS_QUESTION;
	if (!facts->verified && (facts->story || facts->standing == STANDING_STRANGER))
		return STATUS_SUSPECT;
	if (facts->asked)
		return STATUS_QUESTION;
	if (facts->missing)
		return STATUS_INCOMPLETE;
	if (facts->verified)
		return STATUS_VERIFIED;
	if (facts->standing < STANDING_SCOPE)
		return facts->death ? STATUS_SUSPECT : STATUS_HELD;
	return STATUS_ACCEPTED;
}

#define BIT(want)  (1u << (want))
#define CHANGES	   (BIT(WANT_CORRECT) | BIT(WANT_CANCEL))
#define DECISIONS  (BIT(WANT_VERIFY) | BIT(WANT_REFUSE))
#define ANSWERS	   (BIT(WANT_WAIT) | BIT(WANT_FILL))
#define LINKED	   (BIT(WANT_DIFFERENT) | BIT(WANT_REPLACE) | BIT(WANT_INHERIT))

static const unsigned allowed[] = {
	[STATUS_ACCEPTED] = CHANGES | DECISIONS,
	[STATUS_VERIFIED] = CHANGES | DECISIONS,
	[STATUS_INCOMPLETE] = ANSWERS | CHANGES | DECISIONS,
	[STATUS_QUESTION] = ANSWERS | CHANGES | DECISIONS,
	[STATUS_SUSPECT] = ANSWERS | CHANGES | DECISIONS,
	[STATUS_HELD] = CHANGES | DECISIONS | BIT(WANT_APPROVE),
	[STATUS_DUPLICATE] = CHANGES | LINKED,
	[STATUS_REFUSED] = 0,
	[STATUS_CANCELLED] = 0,
	[STATUS_SUPERSEDED] = BIT(WANT_INHERIT),
};

bool status_allows(enum report_status status, enum linkage link, enum want want)
{
	if (link == LINK_REPLACES && status == STATUS_QUESTION)
		return (BIT(want) & (CHANGES | DECISIONS | LINKED | BIT(WANT_KEEP))) != 0;
	return (BIT(want) & allowed[status]) != 0;
}
