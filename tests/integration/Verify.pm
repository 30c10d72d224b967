# The verifier of the fault bench: what must hold of a store after any fault, each as a complaint in words.
package Verify;
use strict;
use warnings;

# rows($db, $query): the rows of a query as "a|b".
sub rows {
	my ($db, $query) = @_;
	open my $out, '-|', 'sqlite3', '-readonly', '-cmd', '.timeout 10000', $db, $query or die "sqlite3: $!";
	my @rows = <$out>;
	close $out or die "sqlite3: $query: status $?";
	chomp @rows;
	return @rows;
}

# acked: the texts that were acknowledged. sent: for each report's reference how often its answer reached the phones.
# Returns the complaints, none when all is well.
sub complaints {
	my ($db, $acked, $sent) = @_;
	my (@bad, %inbound);
	my ($sound) = rows($db, 'PRAGMA integrity_check');
	push @bad, "integrity_check says $sound" if $sound ne 'ok';
	$inbound{$_}++ for rows($db, "SELECT text FROM inbound WHERE state = 'handled' AND text LIKE 'LAHIR#%'");
	for my $text (@$acked) {
		my $count = delete $inbound{$text} // 0;
		push @bad, "an acknowledged message is kept $count times: $text" if $count != 1;
	}
	# What was stored and not acknowledged comes again: never twice in the store either.
	push @bad, map { "a message is kept $inbound{$_} times: $_" } grep { $inbound{$_} > 1 } keys %inbound;
	push @bad, map { "no outcome: inbound $_" } rows($db, "SELECT id FROM inbound WHERE text LIKE 'LAHIR#%' AND
		(state <> 'handled' OR intent IS NULL)");
	push @bad, map { "not one report: inbound $_" } rows($db, "SELECT i.id || ', but ' || count(r.id) FROM inbound i
		LEFT JOIN reports r ON r.inbound = i.id WHERE i.text LIKE 'LAHIR#%' GROUP BY i.id HAVING count(r.id) <> 1");
	push @bad, map { "a reference twice: $_" } rows($db, 'SELECT ref FROM reports GROUP BY ref HAVING count(*) > 1');
	push @bad, map { "not one answer: $_" } rows($db, "SELECT r.ref || ', but ' || count(o.id) FROM reports r LEFT JOIN outbox o
		ON o.inbound = r.inbound AND o.kind = 'reply' GROUP BY r.id HAVING count(o.id) <> 1");
	push @bad, map { "an answer that is neither sent nor told to be unsure: $_" } rows($db, "SELECT id || ' ' || state FROM outbox
		WHERE kind = 'reply' AND state NOT IN ('sent', 'delivered', 'unsure')");
	if ($sent) {
		push @bad, map { "the answer reached nobody: $_" } grep { !$sent->{$_} } rows($db, "SELECT r.ref FROM reports r
			JOIN outbox o ON o.inbound = r.inbound AND o.kind = 'reply' WHERE o.state IN ('sent', 'delivered')");
	}
	push @bad, map { "the tally is wrong: $_" } rows($db, "SELECT t.area || ' ' || t.day || ' says ' || t.count || ', reports ' ||
		(SELECT count(*) FROM reports r WHERE r.area = t.area AND r.date = t.day AND r.status IN ('accepted', 'verified'))
		FROM tally_day t WHERE t.indicator = 'lahir' AND length(t.area) = 13 AND t.count <>
		(SELECT count(*) FROM reports r WHERE r.area = t.area AND r.date = t.day AND r.status IN ('accepted', 'verified'))");
	push @bad, map { "no tally: $_" } rows($db, "SELECT DISTINCT area || ' ' || date FROM reports r WHERE status IN
		('accepted', 'verified') AND NOT EXISTS (SELECT 1 FROM tally_day t WHERE t.area = r.area AND t.day = r.date
		AND t.indicator = 'lahir')");
	return @bad;
}

1;
