# Who may see and do what: logins, sessions, forms, areas, masks, audit.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Test::More;
use Web;

my $web = Web->new;
my $kabar = $web->{kabar};
my ($nurul, $kader) = ('+6281200000003', '+6281200000001');
my ($ref) = join(' ', $web->sms($nurul, 'LAHIR#SITI AMINAH#3503014507959991#25#KEMARIN#L#3200#49#PKM#BIDAN#HIDUP')) =~ /(L\d{4}-\d{4})/;
ok($ref, 'a birth was reported');
my $elsewhere = '35.03.03';    # Pule

subtest 'login' => sub {
	my $nobody = $web->browser;
	for my $path ('/', '/pws', '/kematian', '/laporan', "/laporan/rinci?ref=$ref", '/kotak-masuk', '/pendaftaran', '/sambungan',
		'/sambungan/ekor', '/latihan', '/triwulan', '/kelengkapan', '/pws?unduh=json') {
		my $response = $nobody->get($path);
		is("$response->{status} " . ($response->{headers}{location} =~ m{^/masuk} ? 'masuk' : '?'), '303 masuk', "$path needs a login");
	}
	is($nobody->login('dinkes', 'salah-sekali')->{status}, 422, 'a wrong password');
	is($nobody->login('tidakada', 'salah-sekali')->{status}, 422, 'no such account: the same answer');
	my $response = $nobody->login('dinkes', $Web::PASSWORD{dinkes});
	is($response->{status}, 303, 'the right one');
	my ($cookie) = grep { /^kabar=/ } map { ref $_ ? @$_ : $_ } $response->{headers}{'set-cookie'};
	like($cookie, qr/HttpOnly; SameSite=Strict/, 'HttpOnly, SameSite=Strict');
	is($nobody->get('/pws')->{status}, 200, 'is in');
	is($nobody->post('/keluar', {})->{status}, 303, 'logs out');
	is($nobody->get('/pws')->{status}, 303, 'is out');
};

subtest 'a session is new with each login' => sub {
	my $browser = $web->browser;
	$browser->{cookies}{kabar} = 'a' x 64;
	$browser->login('dinkes', $Web::PASSWORD{dinkes});
	isnt($browser->{cookies}{kabar}, 'a' x 64, 'a cookie that was there before is not taken over');
	my $old = $browser->{cookies}{kabar};
	$browser->post('/keluar', {});
	my $thief = $web->browser;
	$thief->{cookies}{kabar} = $old;
	is($thief->get('/pws')->{status}, 303, 'a cookie of a closed session opens nothing');
	unlike($kabar->sql('SELECT group_concat(key) FROM sessions') // '', qr/$old/, 'the store does not hold cookies');
};

subtest 'a session that somebody else chose' => sub {
	my $chosen = 'ab' x 32;
	my $victim = $web->browser;
	$victim->{cookies}{kabar} = $chosen;
	$victim->login('dinkes', $Web::PASSWORD{dinkes});
	is($victim->get('/pws')->{status}, 200, 'who logs in with it is in');
	isnt($victim->{cookies}{kabar}, $chosen, '... with another one');
	my $thief = $web->browser;
	$thief->{cookies}{kabar} = $chosen;
	is($thief->get('/pws')->{status}, 303, 'and who chose it is out');
};

subtest 'a disabled account is out at once' => sub {
	$web->user('sementara', 'dinkes', '35.03');
	my $browser = $web->browser('sementara');
	is($browser->get('/pws')->{status}, 200, 'in');
	$kabar->ctl('user', 'disable', 'sementara');
	is($browser->get('/pws')->{status}, 303, 'out');
	is($web->browser->login('sementara', $Web::PASSWORD{sementara})->{status}, 422, 'and stays out');
};

subtest 'logins are throttled' => sub {
	$web->user('sasaran', 'dinkes', '35.03');
	my $browser = $web->browser;
	my @status = map { $browser->login('sasaran', 'salah-sekali')->{status} } 1 .. 6;
	is("@status", '422 422 422 422 422 429', 'five tries');
	is($browser->login('sasaran', $Web::PASSWORD{sasaran})->{status}, 429, 'then not even the right one');
	is($web->browser->login('bidan', $Web::PASSWORD{bidan})->{status}, 303, 'others are not touched');
};

subtest 'forms' => sub {
	my $browser = $web->browser('dinkes');
	is($browser->ask('POST', '/perintah', {perintah => 'TERIMA', tentang => $ref})->{status}, 403, 'without the token');
	is($browser->ask('POST', '/perintah', {csrf => 'f' x 32, perintah => 'TERIMA', tentang => $ref})->{status}, 403, 'a wrong token');
	my $other = $web->browser('dinkes');
	is($browser->ask('POST', '/perintah', {csrf => $other->token, perintah => 'TERIMA', tentang => $ref})->{status}, 403, "another session's");
	is($browser->post('/perintah', {perintah => 'TERIMA', tentang => $ref}, Origin => 'http://jahat.example')->{status}, 403, 'another origin');
	is($browser->post('/perintah', {perintah => 'TERIMA', tentang => $ref}, 'Sec-Fetch-Site' => 'cross-site')->{status}, 403, 'another site');
	is($browser->post('/perintah', {perintah => 'LAHIR', tentang => 'SITI'})->{status}, 422, 'only the words of officers');
	is($browser->post('/perintah', {perintah => 'TERIMA', tentang => $ref, isi => "x\nLAHIR#X"})->{status}, 303, 'a line break is a blank');
	is($browser->get('/perintah')->{status}, 404, 'no deed by a link');
};

subtest 'areas' => sub {
	my $bidan = $web->browser('bidan');
	my $before = $web->browser('dinkes');
	for my $page ('/pws', '/kematian', '/kelengkapan', '/laporan', '/triwulan') {
		is($before->get("$page?wilayah=$elsewhere")->{status}, 200, "dinkes: $page of another kecamatan");
		for my $area ($elsewhere, '35.03', '35', '35.03.01.2005', 'PKM-PULE', '36.04', '35.03.01.2004/', "35.03' OR '1'='1") {
			my $encoded = $area =~ s/([^\w.-])/sprintf '%%%02X', ord $1/ger;
			is($bidan->get("$page?wilayah=$encoded")->{status}, 404, "bidan: $page of $area");
			is($bidan->get("$page?wilayah=$encoded&unduh=json")->{status}, 404, "bidan: $page of $area as JSON");
		}
	}
	my ($far) = join(' ', $web->sms('+6281200000004', 'LAHIR#DARMI#25#KEMARIN#P#3000#48#PKM#BIDAN#HIDUP')) =~ /(L\d{4}-\d{4})/;
	ok($far, 'a birth in another desa');
	is($bidan->get("/laporan/rinci?ref=$far")->{status}, 404, 'whose report is not there for this bidan');
	is($bidan->get("/laporan/rinci?ref=$ref")->{status}, 200, 'her own is');
	unlike($bidan->page('/laporan'), qr/\Q$far\E/, 'nor in her list');
	unlike($bidan->page("/laporan?cari=$far"), qr/Darmi/, 'nor by searching');
	is($bidan->get('/sambungan')->{status}, 404, 'links are for the dinkes');
	is($bidan->get('/sambungan/ekor')->{status}, 404, 'the log too');
	my $desa = $web->browser('desa');
	is($desa->get('/pws')->{status}, 200, 'a desa office sees its numbers');
	$web->sms($nurul, 'MATI IBU#SARMI#34#KEMARIN#NIFAS#RSUD#PERDARAHAN');
	unlike($desa->page('/'), qr/Sarmi/i, '... and that somebody died, not who');
	like($before->page('/'), qr/Sarmi/i, 'the dinkes sees it');
	is($desa->get($_)->{status}, 404, "... but no names: $_") for '/laporan', "/laporan/rinci?ref=$ref", '/kematian', '/kotak-masuk', '/pendaftaran';
	is($desa->post('/perintah', {perintah => 'SETUJU', tentang => $kader})->{status}, 404, '... and decides nothing');
};

subtest 'numbers and NIK' => sub {
	my $page = $web->browser('dinkes')->page("/laporan/rinci?ref=$ref");
	like($page, qr/350301\*{10}/, 'a NIK keeps its region alone');
	unlike($page, qr/3503014507959991/, '... in the raw message and the explanation too');
	like($page, qr/\Q$nurul\E/, 'the dinkes sees the number of its bidan');
	$web->user('provinsi', 'provinsi', '35');
	my $far = $web->browser('provinsi')->page("/laporan/rinci?ref=$ref");
	unlike($far, qr/\Q$nurul\E/, 'the province does not');
	like($far, qr/\+6281\*{4}003/, '... but a masked one');
};

subtest 'the practice phone' => sub {
	# Whatever the account's own place is, there is all of its kabupaten, and who works there.
	$web->user('provinsi', 'provinsi', '35');
	my $before = $kabar->sql('SELECT count(*) FROM reports');
	for my $account ('bidan', 'dinkes', 'provinsi') {
		my $browser = $web->browser($account);
		is($browser->post('/latihan', {nomor => $kader, teks => 'MATI IBU SARMI 34 TH KEMARIN NIFAS HARI KE 3 DI RS PERDARAHAN DESA BESUKI'})->{status}, 303,
			"$account practises");
		my ($others) = $browser->page("/latihan?nomor=$kader") =~ /SMS ke telepon lain(.*)/s;
		like($others // '', qr/Puskesmas[^<]*<\/b><br>[^<]*KEMATIAN[^<]*Besuki/i, '... a death in another desa alarms the puskesmas there');
		like($others // '', qr/Dinkes[^<]*<\/b><br>[^<]*KEMATIAN[^<]*Besuki/i, '... and the dinkes');
	}
	is($kabar->sql('SELECT count(*) FROM reports'), $before, 'and nothing of it is in the district');
};

subtest 'audit' => sub {
	my $sight = $kabar->sql("SELECT count(*) FROM audit WHERE action = 'web names' AND subject = '$ref' AND actor = 'web:dinkes'");
	ok($sight > 0, 'who looked at a report is written down');
	my $browser = $web->browser('dinkes');
	is($browser->get('/laporan?unduh=csv')->{status}, 200, 'an export');
	is($kabar->sql("SELECT count(*) FROM audit WHERE action = 'web export' AND actor = 'web:dinkes'"), 1, '... is an audit row');
	ok($kabar->sql("SELECT count(*) FROM audit WHERE action = 'login refused'") >= 2, 'refused logins too');
	is($kabar->sql("SELECT count(*) FROM audit WHERE action = 'logout' AND actor = 'web:dinkes'"), 2, 'and each that logged out');
	$kabar->stop;
	is($browser->get('/laporan')->{status}, 503, 'without kabard no page with names leaves');
	is($browser->get('/pws')->{status}, 200, 'numbers do');
};

is($web->finish, 0, 'SIGTERM: exit status 0') or diag($web->log);
done_testing();
