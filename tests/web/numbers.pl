# The numbers on the pages are those of the SMS answers and of the store's own queries, for random areas and months.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Test::More;
use Web;

my $sample = "$Kabar::TOP/conf/sample";
my $web = Web->new(
	people => {puskesmas => "$sample/puskesmas.csv", posyandu => "$sample/posyandu.csv", people => "$sample/people.csv"},
	before => sub { $_[0]{kabar}->ctl('sample', 'fill', '--months', 1) });
my $kabar = $web->{kabar};
my $browser = $web->browser('dinkes');
my @months = do {
	my (undef, undef, undef, undef, $month, $year) = gmtime(time + 7 * 3600);
	$month++;
	my @now = ($year + 1900, $month);
	my @before = $month == 1 ? ($now[0] - 1, 12) : ($now[0], $month - 1);
	(\@now, \@before);
};
my @names = qw(JAN FEB MAR APR MEI JUN JUL AGT SEP OKT NOV DES);
my @kecamatan = $kabar->sql("SELECT code, name FROM areas WHERE parent = '35.03'");
srand(int($ENV{KABAR_SEED} || 7));

# Women and children by name, told in random desa: a short child or not, a woman at risk or not.
open my $people, '<', "$sample/people.csv" or die $!;
my @people = map { [split /,/] } grep { /,(?:kader|bidan),/ } <$people>;
for my $nth (1 .. 24) {
	my ($phone, undef, $role) = @{$people[rand @people]};
	my $name = join '', map { ('SA', 'RI', 'WU', 'TI', 'NO', 'LA', 'DE', 'KA')[rand 8] } 1 .. 4;
	my $told = $role eq 'kader'
		? sprintf('TIMBANG#%s#%s#14 BLN#9,1#%d', $name, rand() < .5 ? 'L' : 'P', rand() < .4 ? 69 : 76)
		: sprintf('HAMIL#%s#%d#UK %d', $name, rand() < .6 ? 38 : 27, 10 + rand 20);
	my ($answer) = $web->sms($phone, $told);
	like($answer // '', qr/^[TK]\d+-\d+ /, "told: $told");
}

# Visits, doses, the sick and the thin too: who they are and what was told is known here, so that an export and an answer can be
# compared with it.
sub day_ago {
	my (undef, undef, undef, $day, $month, $year) = gmtime(time + 7 * 3600 - 86400 * $_[0]);
	return sprintf '%d/%d/%d', $day, $month + 1, $year + 1900;
}
my $idl = 'HB0,BCG,POLIO1,POLIO2,POLIO3,POLIO4,DPT1,DPT2,DPT3,IPV1,IPV2,MR1';
for my $nth (1 .. 30) {
	my ($phone, undef, $role) = @{$people[rand @people]};
	my $name = join '', map { ('SA', 'RI', 'WU', 'TI', 'NO', 'LA', 'DE', 'KA')[rand 8] } 1 .. 4;
	my $born = day_ago(400 + int rand 100);
	my @told = $role eq 'kader'
		? ("SAKIT DIARE " . (1 + int rand 4), "TIMBANG#$name#L#14 BLN#7,1#" . (rand() < .5 ? 76 : 66))
		: ("HAMIL#$name#27#UK 8#K1", "NIFAS#$name#lahir " . day_ago(1) . '#KF1', "IMUN#$name#L#" . (rand() < .6 ? $idl : 'BCG') . "#lahir $born");
	my $told = $told[rand @told];
	my ($answer) = $web->sms($phone, $told);
	like($answer // '', qr/^[STKNV]\d+-\d+ /, "told: $told");
}

# What an export holds, as the reports of a form of a place and month, each once.
my @exported = do {
	my ($head, @lines) = split /\n/, $kabar->ctl('export', 'reports');
	my @columns = map { s/[^a-z_0-9]//gr } split /,/, $head;
	map { my @cells = map { s/^"|"$//gr } split /,(?=(?:[^"]*"[^"]*")*[^"]*$)/, $_; +{map { ($columns[$_] => $cells[$_] // '') } 0 .. $#columns} } @lines;
};
diag(join ' ', sort keys %{$exported[0]}) if $ENV{KABAR_SHOW};
sub exported {
	my ($form, $code, $iso, $wanted) = @_;
	return grep { $_->{form} eq $form && $_->{status} =~ /^(?:accepted|verified)$/ && index($_->{area}, "$code.") == 0 && index($_->{date}, $iso) == 0
		&& $wanted->($_) } @exported;
}

# What an SMS says of a place and month, as the page has it: a count, or a part of a whole.
sub said_as {
	my ($text, $cell, $what) = @_;
	my ($answer) = $web->sms('+6281200000020', $text);
	my ($part, $whole) = ($answer // '') =~ /: ([\d.]+)(?: dari ([\d.]+))?/;
	s/\.//g for grep { defined } $part, $whole;
	$cell = {part => $cell} if ref $cell ne 'HASH';
	is($part // 0, $cell->{part} // 0, "$what as the SMS says: " . ($answer // ''));
	is($whole // 0, $cell->{whole} // 0, '... and of how many') if defined $cell->{whole};
}

for my $try (1 .. 12) {
	my ($code, $name) = split /\|/, $kecamatan[rand @kecamatan];
	my $month = $months[rand @months];
	my $iso = sprintf '%04d-%02d', @$month;
	my $table = $browser->json("/pws?wilayah=35.03&bulan=$iso&unduh=json");
	my ($row) = grep { ($_->{Kecamatan} // '') eq $name } @{$table->{rows}};
	ok($row, "$name $iso is on the page") or next;
	my $own = $browser->json("/pws?wilayah=$code&bulan=$iso&unduh=json")->{rows}[-1];
	is($own->{'Lahir hidup'}, $row->{'Lahir hidup'}, 'the same on its own page');
	is_deeply($own->{'D/S'}, $row->{'D/S'}, '... D/S too');
	my $there = "KEC $name $names[$month->[1] - 1] $month->[0]";
	said_as("JML STUNTING $there", $row->{Stunting}, 'stunting');
	said_as("JML RISTI $there", $row->{Risti}, 'women at risk');
	said_as("K6 $there", $row->{K6}, 'K6');
	my ($k1, $kf1, $idl_told, $sick, $thin) = map { scalar @$_ } (
		[exported('hamil', $code, $iso, sub { $_[0]{kontak} eq '1' })], [exported('nifas', $code, $iso, sub { $_[0]{kf} eq '1' })],
		[exported('imun', $code, $iso, sub { $_[0]{dosis} =~ /MR1/ })], [], [exported('timbang', $code, $iso, sub { $_[0]{kelas_bbtb} eq 'BURUK' })]);
	$sick += $_->{jumlah} for exported('sakit', $code, $iso, sub { $_[0]{penyakit} eq 'A' });
	said_as("K1 $there", $k1, 'first contacts, as exported');
	said_as("KF1 $there", $kf1, 'first visits after a birth, as exported');
	said_as("IDL $there", $idl_told, 'children with every dose, as exported');
	said_as("JML GIZI BURUK $there", $thin, 'children badly nourished, as exported');
	my ($ill) = $web->sms('+6281200000020', "JML DIARE $there");
	is(($ill // '') =~ /Kabar warga: (\d+)/ ? $1 : 0, $sick, 'the sick, as exported: ' . ($ill // ''));
	said_as("JML BUMIL KEC $name", $kabar->sql("SELECT count(*) FROM cases WHERE form = 'hamil' AND closed IS NULL AND area >= '$code.' AND area < '$code/'"),
		'women with child, as their cases stand') if $month == $months[0];
	my ($answer) = $web->sms('+6281200000020', "JML LAHIR KEC $name $names[$month->[1] - 1] $month->[0]");
	my ($count) = ($answer // '') =~ /: ([\d.]+?)(?: \(\+\d+ belum dicek\))?\. /;
	$count //= 0 if ($answer // '') =~ /belum ada yang melaporkan/; # on the first day of a month, say
	my $born = $row->{'Lahir hidup'} // 0;
	is(($count // $answer) =~ s/\.//gr, $born, "as the SMS says: $answer");
	is($kabar->sql("SELECT coalesce(sum(count), 0) FROM tally_day WHERE indicator = 'lahir' AND area >= '$code.' AND area < '$code/' AND day LIKE '$iso%'"),
		$born, 'as the days of its desa add up');
	is($kabar->sql("SELECT count(*) FROM reports WHERE form = 'lahir' AND status IN ('accepted', 'verified') AND training = 0 AND area >= '$code.' AND area < '$code/' AND date LIKE '$iso%' AND fields NOT LIKE '%\"nihil\"%'"),
		$born, 'as the reports count');
	my ($d) = $kabar->sql("SELECT coalesce(sum(json_extract(fields, '\$.d')), 0) FROM reports WHERE form = 'pos' AND status IN ('accepted', 'verified') AND training = 0 AND area >= '$code.' AND area < '$code/' AND date LIKE '$iso%'");
	is($row->{'D/S'}{part} // 0, $d, 'D as the sessions add up');
}
# Any place, any period, any number: what a page says in its row and its table is what the SMS says, and of what nobody told
# neither has a number.
my @places = (
	(map { my ($code, $name, $above) = split /\|/; [$code, "DESA $name KEC $above"] }
		$kabar->sql("SELECT d.code, d.name, k.name FROM areas d JOIN areas k ON k.code = d.parent WHERE k.parent = '35.03'")),
	(map { my ($code, $name) = split /\|/; ([$code, "KEC $name"]) x 8 } @kecamatan),
	(map { my ($code, $name) = split /\|/; ([$code, "PKM $name"]) x 8 } $kabar->sql('SELECT id, name FROM puskesmas')),
	(['35.03', 'KAB TRENGGALEK']) x 20);
my @indicators = (['LAHIR', 'Lahir hidup', 'Kelahiran hidup'], ['LAHIR MATI', 'Lahir mati', 'Lahir mati'], ['AKI', 'Ibu', 'Kematian ibu'],
	['AKN', 'Neonatal', 'Kematian neonatal'], ['AKB', 'Bayi', 'Kematian bayi'], ['D/S', 'D/S', 'Balita ditimbang (D/S)'],
	['N/D', 'N/D', 'Balita naik berat badannya (N/D)'], ['K/S', 'K/S', 'Balita punya buku KIA (K/S)'],
	['STUNTING', 'Stunting', 'Balita pendek (stunting)'], ['BBLR', 'BBLR', 'Bayi berat lahir rendah (BBLR)']);

# "86,3% (1.893/2.193)", {part, whole}, 12, nothing: part/whole, or a number, or "-".
sub said {
	my ($cell) = @_;
	return $cell->{whole} ? "$cell->{part}/$cell->{whole}" : '-' if ref $cell;
	return '-' if !defined $cell || $cell =~ /^(?:–|-|)$/;
	return ($cell =~ /\(([\d.]+\/[\d.]+)\)/ ? $1 : $cell) =~ s/\.//gr;
}

for my $try (1 .. ($ENV{KABAR_TRIES} || 60)) {
	my ($code, $place) = @{$places[rand @places]};
	my ($year, $month) = @{rand() < 0.15 ? [$months[0][0] - 1, $months[0][1]] : $months[rand @months]};
	my ($word, $short, $long) = @{$indicators[rand @indicators]};
	my $quarter = int(($month + 2) / 3);
	my $whole = rand() < 0.35;
	my ($answer) = $web->sms('+6281200000020', "JML $word $place " . ($whole ? "TW $quarter" : $names[$month - 1]) . " $year");
	my $iso = sprintf '%04d-%02d', $year, $month;
	my $cell = $whole
		? (grep { $_->{Indikator} eq $long } @{$browser->json("/triwulan?wilayah=$code&bulan=$iso&unduh=json")->{rows}})[0]{"Triwulan $quarter $year"}
		: $browser->json("/pws?wilayah=$code&bulan=$iso&unduh=json")->{rows}[-1]{$short};
	my ($part, $of, $births) = ($answer // '') =~ /: ([\d.]+)(?: \(\+[\d.]+ belum dicek\))?(?: dari ([\d.]+)|, lahir hidup ([\d.]+))?/;
	$of //= $births if said($cell) =~ /\//;
	my $told = !defined $part || ($answer =~ /belum ada yang melaporkan/) || (defined $of && $of eq '0') ? '-' : $of ? "$part/$of" : $part;
	is(said($cell), $told =~ s/\.//gr, "$word $place " . ($whole ? "TW $quarter" : $iso) . ': ' . ($answer // 'no answer'));
}

my $kabupaten = $browser->json(sprintf '/pws?wilayah=35.03&bulan=%04d-%02d&unduh=json', @{$months[1]});
my ($sum, $total) = (0, $kabupaten->{rows}[-1]{'Lahir hidup'});
$sum += $_->{'Lahir hidup'} for @{$kabupaten->{rows}}[0 .. $#{$kabupaten->{rows}} - 1];
is($sum, $total, 'kecamatan add up to the kabupaten');
my $csv = $browser->page(sprintf '/pws?wilayah=35.03&bulan=%04d-%02d&unduh=csv', @{$months[1]});
like($csv, qr/"Kabupaten Trenggalek",.*,$total,/, 'CSV says the same');
# A quarter as EVALUASI tells it, and its change: that of a month ago and the one before.
my $quarter = $months[1][0] * 4 + int(($months[1][1] + 2) / 3) - 1;
for ($quarter, $quarter - 1) {
	my ($year, $nth) = (int($_ / 4), $_ % 4 + 1);
	my $evaluated = '';
	for my $text ("EVALUASI TW $nth $year", ('LAGI') x 3) {
		my ($page) = $web->sms('+6281200000020', $text);
		$evaluated .= ' ' . ($page // '');
	}
	my $told = $browser->json(sprintf '/triwulan?wilayah=35.03&bulan=%04d-%02d&unduh=json', $year, 3 * $nth);
	for my $pair (['Kelahiran hidup', 'lahir'], ['Lahir mati', 'lahir mati'], ['Balita ditimbang (D/S)', 'D/S'], ['Balita naik berat badannya (N/D)', 'N/D']) {
		my ($row) = grep { ($_->{Indikator} // '') eq $pair->[0] } @{$told->{rows}};
		my ($number, $change) = $evaluated =~ /[ ,] ?\Q$pair->[1]\E (-|\d[\d.]*(?:,\d)?%?)(?: \(([+-]?[\d.,]+)\))?[,. ]/;
		$number =~ s/\.$// if defined $number;
		my $now = ($row->{"Triwulan $nth $year"} // '-') =~ s/ \(.*//r;
		is_deeply([$number, $change], [$now, $row->{Perubahan}], "EVALUASI and the page: TW $nth, $pair->[0]") or diag($evaluated, explain($row));
	}
}
# The Excel file, cell by cell.
my $query = sprintf '/pws?wilayah=35.03&bulan=%04d-%02d&unduh=', @{$months[1]};
for my $format (qw(xlsx csv)) {
	open my $out, '>:raw', "$kabar->{dir}/pws.$format" or die;
	print $out $browser->get("$query$format")->{content};
	close $out;
}
my $compared = `python3 $FindBin::Bin/cells.py $kabar->{dir}/pws.xlsx $kabar->{dir}/pws.csv`;
is($?, 0, "XLSX and CSV hold the same: $compared") or diag($compared);

is($web->finish, 0, 'SIGTERM: exit status 0');
done_testing();
