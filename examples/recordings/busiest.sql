-- The ten busiest minutes of a recording, with DuckDB: duckdb -cmd "SET VARIABLE recording = 'run.jsonl.zst'" < busiest.sql
SELECT
    date_trunc('minute', "timestamp"::TIMESTAMPTZ) AS minute,
    count(*) AS frames,
    round(avg(cpus[1].utilization_percent), 1) AS cpu_percent,
    max(memory[1].used_bytes) AS most_used_bytes
FROM read_json(getvariable('recording'), format = 'newline_delimited', union_by_name = true)
GROUP BY minute
ORDER BY cpu_percent DESC
LIMIT 10;
