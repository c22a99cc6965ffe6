// Which counters of edges libFuzzer looks at.

// Makes all of them untouched, which libFuzzer must not know yet.
void counters_clear(void);

// Tells libFuzzer of the counters that have been touched for the first time since the last call. To be called before the search and after
// each input.
void counters_watch_touched(void);
