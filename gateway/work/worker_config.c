/* What configuration files say to a worker. */
#include "gateway/config/config_load.h"
#include "gateway/work/worker_setup.h"

struct worker_config worker_config_of(const struct config *config)
{
	return (struct worker_config){
		.reader = config->reader,
		.catalogue = config->catalogue,
		.settings = &config->main.flow,
		.menus = config->menus,
		.checkups = config->checkups,
		.redelivery = config->main.redelivery,
		.parts = config->main.parts,
		.part_gap = config->main.part_gap,
		.hours = hours_of(&config->main.flow),
	};
}
