/* Conveniences only: every page works without this file. */
'use strict';

/* A choice in a filter shows its page at once. */
document.querySelectorAll('select[data-submit]').forEach((select) => {
	select.addEventListener('change', () => select.form.requestSubmit());
});

/* Conversations are read at their end. */
document.querySelectorAll('[data-end]').forEach((list) => { list.scrollTop = list.scrollHeight; });

/* kabard's log as it is written. */
document.querySelectorAll('[data-tail]').forEach((box) => {
	const source = new EventSource(box.dataset.tail);
	source.addEventListener('message', (event) => {
		const follow = box.scrollTop + box.clientHeight >= box.scrollHeight - 30;
		box.append(event.data + '\n');
		while (box.childNodes.length > 400) box.firstChild.remove();
		if (follow) box.scrollTop = box.scrollHeight;
	});
});

/* How many of the letters of one SMS are written. */
document.querySelectorAll('textarea[maxlength]').forEach((area) => {
	const count = document.createElement('p');
	count.className = 'k-hint';
	const show = () => { count.textContent = `${area.value.length}/${area.maxLength}`; };
	area.after(count);
	area.addEventListener('input', show);
	show();
});

/* The trend of an indicator, drawn from its table. */
document.querySelectorAll('canvas[data-trend]').forEach((canvas) => {
	if (typeof Chart === 'undefined') return;
	canvas.parentElement.hidden = false;
	const rows = [...document.querySelectorAll(`#${canvas.dataset.trend} tbody tr`)];
	const values = rows.map((row) => {
		const value = row.querySelector('[data-value]')?.dataset.value;
		return value === undefined || value === '' ? null : Number(value);
	});
	new Chart(canvas, {
		type: 'line',
		data: {
			labels: rows.map((row) => row.querySelector('th').textContent),
			datasets: [{
				data: values, borderColor: '#0d5c5a', backgroundColor: '#0d5c5a', borderWidth: 2,
				pointRadius: 3, tension: 0.25, spanGaps: true,
			}],
		},
		options: {
			responsive: true, maintainAspectRatio: false, animation: false,
			plugins: { legend: { display: false } },
			scales: { x: { grid: { display: false } }, y: { beginAtZero: true, grid: { color: '#e6ecec' }, ticks: { precision: 0 } } },
		},
	});
});
