package org.sqltune.core.config.settings;

import java.util.Optional;
import org.sqltune.core.config.settings.DataSettings.Dataset;

/**
 * Where a published data set comes from.
 *
 * @param page where people get it
 * @param what what to take there
 * @param hubName its name on the Hugging Face hub, {@code owner/name}; empty if it isn't there as published
 */
public record DatasetOrigin(String page, String what, String hubName) {
    /** The origin; empty for data sets that nobody publishes. */
    public static Optional<DatasetOrigin> of(Dataset dataset) {
        return Optional.ofNullable(
                switch (dataset) {
                    case SPIDER ->
                        new DatasetOrigin(
                                "https://yale-lily.github.io/spider", "spider_data.zip (\"Spider Dataset\")", "");
                    case CSPIDER ->
                        new DatasetOrigin(
                                "https://taolusi.github.io/CSpider-explorer/", "CSpider.zip (\"Download\")", "");
                    case WIKISQL -> new DatasetOrigin("https://github.com/salesforce/WikiSQL", "data.tar.bz2", "");
                    case BIRD ->
                        new DatasetOrigin(
                                "https://bird-bench.github.io",
                                "dev.zip, and train.zip to train (unpacked side by side)",
                                "");
                    case BIRD_MINI_DEV ->
                        new DatasetOrigin(
                                "https://github.com/bird-bench/mini_dev", "minidev.zip (\"complete package\")", "");
                    case GRETEL ->
                        new DatasetOrigin(
                                "https://huggingface.co/datasets/gretelai/synthetic_text_to_sql",
                                "its two Parquet files",
                                "gretelai/synthetic_text_to_sql");
                    case SQL_CREATE_CONTEXT ->
                        new DatasetOrigin(
                                "https://huggingface.co/datasets/b-mc2/sql-create-context",
                                "sql_create_context_v4.json",
                                "b-mc2/sql-create-context");
                    case DEMO, SPIDER_CSV, FILES, MIX -> null;
                });
    }

    /** Whether the hub has it, so that it can be fetched by name. */
    public boolean isOnHub() {
        return !hubName.isEmpty();
    }

    /** What to do to have it, such as {@code get data.tar.bz2 from https://… and put it, packed or unpacked, there}. */
    public String howToGet(String place) {
        return "get " + what + " from " + page + " and put it, packed or unpacked, " + place;
    }
}
