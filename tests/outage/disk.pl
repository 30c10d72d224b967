# A full disk: messages are refused with ESME_RX_T_APPN (come again later), the gateway lives on, and takes them as
# soon as there is room. On a small tmpfs, so it needs root.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../integration";
use File::Temp qw(tempdir);
use Kabar;
use Test::More;

plan skip_all => 'a file system can only be mounted by root' if $> != 0;
my $disk = tempdir('kabar-disk-XXXXXX', TMPDIR => 1);
if (system("mount -t tmpfs -o size=48m kabar-test $disk 2>/dev/null") != 0) {
	rmdir $disk;
	plan skip_all => 'mount is not allowed here';
}
my $kabar;
END {
	my $status = $?;
	undef $kabar;
	system("umount -l $disk 2>/dev/null; rmdir $disk 2>/dev/null") if $disk;
	$? = $status;
}

my $from = '+6281200000003';
my ($day) = map { chomp; $_ } `date -d yesterday +%d/%m/%Y`;
my @names = map { "IBU $_" } qw(ANGGREK BUNGA CEMPAKA DAHLIA EDELWEIS FLAMBOYAN GARDENIA HIBISKUS);

# Fills the disk until only so many KB are left.
sub fill {
	my ($left) = @_;
	my ($free) = `df --output=avail -k $disk` =~ /(\d+)\s*$/;
	system("head -c " . (($free - $left) * 1024) . " /dev/zero >>$disk/filler 2>/dev/null") if $free > $left;
}

# The status of a report that was not there before.
sub send_one {
	my $peer = shift;
	my $name = shift @names;
	return $peer->answer($peer->deliver($from, sprintf 'LAHIR#%s#25#%s#L#%d#49#PKM#BIDAN#HIDUP', $name, $day, 2500 + 137 * @names));
}

for my $case (['with a reserve', 16, 8 * 1024], ['without a reserve', 0, 0]) {
	my ($name, $reserve, $left) = @$case;
	$kabar = Kabar->new(dir => tempdir('store-XXXXXX', DIR => $disk));
	$kabar->configure(store => {disk_reserve => $reserve, ballast => 1});
	$kabar->import_context;
	$kabar->start;
	my $peer = $kabar->bound or BAIL_OUT('kabard does not bind: ' . $kabar->log);
	is(send_one($peer), 0, "$name: room, acknowledged");
	fill($left);
	# How full the disk is is looked at now and then, not per message; until then messages are taken.
	my $status = 0;
	my $until = time + $Kabar::PATIENCE;
	while (time < $until) {
		$status = $peer->answer($peer->deliver($from, 'LAHIR ?')) // 'none';
		last if $status ne '0';
	}
	is($status, 0x64, "$name: full, ESME_RX_T_APPN");
	unlink "$disk/filler";
	my $after = 'none';
	$until = time + $Kabar::PATIENCE;
	while (time < $until && $after ne '0') {
		$after = $peer->answer($peer->deliver($from, 'LAHIR ?')) // 'none';
	}
	is($after, 0, "$name: room again, acknowledged without a restart") or diag($kabar->log);
	is(send_one($peer), 0, "$name: a report too");
	is($kabar->stop, 0, "$name: SIGTERM: exit status 0") or diag($kabar->log);
	is($kabar->sql('PRAGMA integrity_check'), 'ok', "$name: the store is sound");
	is($kabar->sql("SELECT count(*) FROM reports WHERE status = 'accepted'"), 2, "$name: both reports are there");
}
done_testing();
