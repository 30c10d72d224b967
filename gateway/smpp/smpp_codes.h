/* The numbers of SMPP 3.4 (and the few TLVs of 5.0 and USSD that operators use), and their names
 * for logs.
 *
 * Source: SMPP Protocol Specification v3.4, issue 1.2, sections 5.1.2 to 5.3. */
#ifndef GATEWAY_SMPP_CODES_H
#define GATEWAY_SMPP_CODES_H

#include <stdbool.h>
#include <stdint.h>

#define SMPP_RESPONSE		  0x80000000u /* this bit makes a command the response of another */
#define SMPP_GENERIC_NACK	  0x80000000u
#define SMPP_BIND_RECEIVER	  0x00000001u
#define SMPP_BIND_TRANSMITTER	  0x00000002u
#define SMPP_SUBMIT_SM		  0x00000004u
#define SMPP_DELIVER_SM		  0x00000005u
#define SMPP_UNBIND		  0x00000006u
#define SMPP_BIND_TRANSCEIVER	  0x00000009u
#define SMPP_OUTBIND		  0x0000000Bu
#define SMPP_ENQUIRE_LINK	  0x00000015u
#define SMPP_ALERT_NOTIFICATION	  0x00000102u
#define SMPP_DATA_SM		  0x00000103u
/* The response of a command: SMPP_SUBMIT_SM | SMPP_RESPONSE. */

enum smpp_status {
	ESME_ROK = 0x00,
	ESME_RINVMSGLEN = 0x01,
	ESME_RINVCMDLEN = 0x02,
	ESME_RINVCMDID = 0x03,
	ESME_RINVBNDSTS = 0x04,
	ESME_RALYBND = 0x05,
	ESME_RINVPRTFLG = 0x06,
	ESME_RINVREGDLVFLG = 0x07,
	ESME_RSYSERR = 0x08,
	ESME_RINVSRCADR = 0x0A,
	ESME_RINVDSTADR = 0x0B,
	ESME_RINVMSGID = 0x0C,
	ESME_RBINDFAIL = 0x0D,
	ESME_RINVPASWD = 0x0E,
	ESME_RINVSYSID = 0x0F,
	ESME_RMSGQFUL = 0x14,
	ESME_RINVSERTYP = 0x15,
	ESME_RINVESMCLASS = 0x43,
	ESME_RSUBMITFAIL = 0x45,
	ESME_RINVSYSTYP = 0x53,
	ESME_RTHROTTLED = 0x58,
	ESME_RINVSCHED = 0x61,
	ESME_RINVEXPIRY = 0x62,
	ESME_RX_T_APPN = 0x64,
	ESME_RX_P_APPN = 0x65,
	ESME_RX_R_APPN = 0x66,
	ESME_RINVOPTPARSTREAM = 0xC0,
	ESME_RINVPARLEN = 0xC2,
	ESME_RMISSINGOPTPARAM = 0xC3,
	ESME_RINVOPTPARAMVAL = 0xC4,
	ESME_RDELIVERYFAILURE = 0xFE,
	ESME_RUNKNOWNERR = 0xFF,
};

enum smpp_tag {
	TLV_RECEIPTED_MESSAGE_ID = 0x001E, TLV_USER_MESSAGE_REFERENCE = 0x0204,
	TLV_SOURCE_PORT = 0x020A, TLV_DESTINATION_PORT = 0x020B, TLV_SAR_MSG_REF_NUM = 0x020C,
	TLV_SAR_TOTAL_SEGMENTS = 0x020E, TLV_SAR_SEGMENT_SEQNUM = 0x020F,
	TLV_SC_INTERFACE_VERSION = 0x0210, TLV_NETWORK_ERROR_CODE = 0x0423,
	TLV_MESSAGE_PAYLOAD = 0x0424, TLV_MESSAGE_STATE = 0x0427, TLV_USSD_SERVICE_OP = 0x0501,
	TLV_ITS_SESSION_INFO = 0x1383, TLV_VENDOR_1501 = 0x1501,
};

#define TON_INTERNATIONAL	1 /* type of number */
#define TON_ALPHANUMERIC	5
#define ESM_TYPE_MASK		0x3C /* message type in esm_class */
#define ESM_TYPE_RECEIPT	0x04
#define ESM_TYPE_ACK		0x08
#define ESM_TYPE_USER_ACK	0x10
#define ESM_TYPE_INTERMEDIATE	0x20
#define ESM_UDHI		0x40 /* the octets begin with a user data header */

/* ussd_service_op (SMPP.md of operators and section 5.3.2.44). */
enum ussd_op {
	USSD_PSSD_IND = 0, USSD_PSSR_IND = 1, USSD_USSR_REQUEST = 2, USSD_USSN_REQUEST = 3,
	USSD_PSSD_RESP = 16, USSD_PSSR_RESP = 17, USSD_USSR_CONFIRM = 18, USSD_USSN_CONFIRM = 19,
};

/* "submit_sm_resp", "ESME_RTHROTTLED"; "unknown", "vendor", "reserved" for the rest. */
const char *smpp_command_name(uint32_t command);
const char *smpp_status_name(uint32_t status);

/* What an error status on one of our submits means for the message. */
enum smpp_failure { SMPP_FAIL_NONE, SMPP_FAIL_THROTTLE, SMPP_FAIL_TEMPORARY, SMPP_FAIL_PERMANENT };
enum smpp_failure smpp_status_failure(uint32_t status);

static inline bool smpp_is_response(uint32_t command)
{
	return (command & SMPP_RESPONSE) != 0;
}

#endif
