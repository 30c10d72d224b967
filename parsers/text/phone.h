/* Phone numbers of Indonesia: 08…, 8…, 628…, +628…, 00628… and 6208… are all +628…. */
#ifndef PARSERS_PHONE_H
#define PARSERS_PHONE_H

#include "parsers/text/util.h"

#define PHONE_TEXT 20

/* Normalises an address; spaces, dashes, dots and brackets are allowed. Foreign numbers become +…;
 * true when it is a full number. false: a service address (or too long), copied to out as it is,
 * cut to fit. */
bool phone_normalise(const char *raw, char out[PHONE_TEXT]);

/* Shorter than 9 digits, or with letters: an operator or a service, never answered. */
bool phone_is_service(const char *raw);

#endif
