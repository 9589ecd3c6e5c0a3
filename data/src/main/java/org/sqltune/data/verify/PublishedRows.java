package org.sqltune.data.verify;

import java.util.Map;
import java.util.Optional;
import org.sqltune.core.config.settings.DataSettings.Dataset;

/** The published numbers of rows of well-known data sets' files. */
final class PublishedRows {
    private PublishedRows() {}

    private static Map<String, Integer> of(Dataset dataset) {
        return switch (dataset) {
            case SPIDER ->
                Map.of("train_spider.json", 7_000, "train_others.json", 1_659, "dev.json", 1_034, "tables.json", 166);
            case WIKISQL -> Map.of("train.jsonl", 56_355, "dev.jsonl", 8_421, "test.jsonl", 15_878);
            case BIRD -> Map.of("dev.json", 1_534);
            case BIRD_MINI_DEV -> Map.of("mini_dev.json", 500, "mini_dev_sqlite.json", 500);
            case GRETEL ->
                Map.of(
                        "synthetic_text_to_sql_train.snappy.parquet",
                        100_000,
                        "synthetic_text_to_sql_test.snappy.parquet",
                        5_851);
            case SQL_CREATE_CONTEXT -> Map.of("sql_create_context_v4.json", 78_577);
            case DEMO, SPIDER_CSV, CSPIDER, FILES, MIX -> Map.of();
        };
    }

    /** Returns the published number of rows of a file; empty if it is unknown. */
    static Optional<Integer> of(Dataset dataset, String fileName) {
        return Optional.ofNullable(of(dataset).get(fileName));
    }
}
