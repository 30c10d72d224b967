# kabar-web in a real Chromium, driven by browser.js; what was done there arrives at phones.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use File::Path qw(make_path);
use Test::More;
use Web;

plan skip_all => 'chromium is not installed' if !-x '/usr/bin/chromium';
plan skip_all => 'npm is not installed' if system('npm --version >/dev/null 2>&1') != 0;
plan skip_all => 'the same pages as without sanitizers' if $ENV{KABAR_SANITIZED};
my $dir = "$Kabar::BUILD/browser";
make_path("$dir/shots");
system("cp $FindBin::Bin/package.json $FindBin::Bin/package-lock.json $FindBin::Bin/browser.js $dir/") == 0 or die;
if (!-d "$dir/node_modules/playwright-core") {
	system("cd $dir && npm ci --no-audit --no-fund --ignore-scripts >npm.log 2>&1") == 0
		or plan skip_all => 'the npm packages cannot be had';
}

my $sample = "$Kabar::TOP/conf/sample";
my $web = Web->new(
	people => {puskesmas => "$sample/puskesmas.csv", posyandu => "$sample/posyandu.csv", people => "$sample/people.csv"},
	before => sub {
		my $kabar = $_[0]{kabar};
		$kabar->ctl('import', 'peta', "$Kabar::TOP/conf/peta/35.03.geojson");
		$kabar->ctl('sample', 'fill', '--months', 2);
	});
my $kabar = $web->{kabar};
$web->sms('+6281200000001', 'bu kapan jadwal imunisasi bulan ini?');
$web->sms('+6281200000003', 'MATI IBU#SARMI#34#KEMARIN#NIFAS#RSUD#PERDARAHAN');
$web->sms('+6281355500077', 'DAFTAR KADER RATMI MELATI WONOCOYO');
my $asked = $kabar->sql("SELECT phone FROM human WHERE state = 'waiting' ORDER BY id LIMIT 1");

@ENV{qw(KABAR_URL KABAR_PHONE KABAR_SHOTS)} = ($web->{url}, '+6281200000003', "$dir/shots");
open my $node, '-|', "cd $dir && node browser.js 2>&1" or die "node: $!";
my ($text, $open) = ('', 1);
while ($open) {    # the operator goes on answering meanwhile
	$open = sysread $node, $text, 65536, length $text if IO::Select->new($node)->can_read(0.05);
	$kabar->serve(sub { 0 }, 0.05);
	$web->{operator}->deliver('+6281200000001', 'CEK SAYA') if $text =~ /and back/ && $text !~ /log as it/ && !($web->{poked}++ % 10);
}
close $node;
for (split /\n/, $text) {
	if (/^(not )?ok (.*)/) { ok(!$1, $2) } else { diag($_) }
}
ok((grep { $_->{to} eq $asked && $_->{text} =~ /hari Rabu/ } $kabar->submits), 'the answer of the inbox arrived as an SMS');
ok((grep { $_->{text} =~ /LAHIR|kader/i && $_->{to} =~ /^\+62813555/ } $kabar->submits), 'who was approved was told by SMS');
is($web->finish, 0, 'SIGTERM: exit status 0') or diag($web->log);
done_testing();
