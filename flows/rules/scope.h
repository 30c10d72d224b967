/* Who may do what, where: the roles' rights by area. Those over a stored report: record_scope.h. */
#ifndef FLOWS_SCOPE_H
#define FLOWS_SCOPE_H

#include "parsers/form/reading.h"

/* The area lies in what the sender is responsible for (a desa's people: their desa; puskesmas: its
 * desa or kecamatan; dinkes: the kabupaten; provinsi: all of it). */
bool scope_area(const struct sender *sender, const struct area *area);
bool scope_puskesmas(const struct sender *sender, const struct puskesmas *puskesmas);
/* Has an area to supervise at all: bidan, puskesmas, dinkes, provinsi. */
bool scope_supervises(const struct sender *sender);
/* May verify or refuse reports: puskesmas, dinkes, provinsi. */
bool scope_decides(enum role role);
/* A verifier (bidan, puskesmas, dinkes, provinsi) of the area. */
bool scope_verifies(const struct sender *sender, const struct area *area);
/* May approve or refuse registrations and block people of the area: bidan and above, not for their
 * own level. */
bool scope_approves(const struct sender *sender, const char *role, const struct area *area);

#endif
