-- Roles with least privilege for a store of Kabar on PostgreSQL; run once as superuser:
--	psql -v ON_ERROR_STOP=1 -f roles.sql postgres
-- kabar_owner makes and changes the tables (kabarctl store init, also after an upgrade), kabar is the gateways' and
-- kabarctl's, kabar_read reads: pages, reports, backups. Who may connect from where is pg_hba.conf's; passwords, where
-- they are needed, belong into ~/.pgpass.
CREATE ROLE kabar_owner LOGIN;
CREATE ROLE kabar LOGIN;
CREATE ROLE kabar_read LOGIN;
-- The gateways see whether a standby follows, and say when nobody waits for it.
GRANT pg_read_all_stats TO kabar;

CREATE DATABASE kabar OWNER kabar_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT, TEMPORARY ON DATABASE kabar FROM PUBLIC;
GRANT CONNECT ON DATABASE kabar TO kabar, kabar_read;

\connect kabar
CREATE SCHEMA kabar AUTHORIZATION kabar_owner;
ALTER DATABASE kabar SET search_path = kabar;
GRANT USAGE ON SCHEMA kabar TO kabar, kabar_read;
ALTER DEFAULT PRIVILEGES FOR ROLE kabar_owner IN SCHEMA kabar
	GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kabar;
ALTER DEFAULT PRIVILEGES FOR ROLE kabar_owner IN SCHEMA kabar GRANT USAGE, SELECT ON SEQUENCES TO kabar;
ALTER DEFAULT PRIVILEGES FOR ROLE kabar_owner IN SCHEMA kabar GRANT SELECT ON TABLES TO kabar_read;
ALTER DEFAULT PRIVILEGES FOR ROLE kabar_owner IN SCHEMA kabar GRANT SELECT ON SEQUENCES TO kabar_read;
