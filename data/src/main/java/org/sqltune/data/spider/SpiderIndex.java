package org.sqltune.data.spider;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;

/**
 * Indexes Spider's rows by question and SQL, ignoring white space. Some pairs occur for several databases (every shop
 * has "How many customers are there?"); each lookup returns the next one in Spider's order, so that files in that
 * order get the right ones.
 */
final class SpiderIndex {
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");
    private static final SchemaContent NO_SCHEMA = new VerbatimSchema("");

    private final Map<String, Deque<Match>> matches = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    private SpiderIndex() {}

    /** Spider's sets. */
    enum Origin {
        TRAIN,
        DEV,
        UNKNOWN
    }

    /**
     * The data of a matching row.
     *
     * @param origin its set
     * @param databaseId empty if unknown
     * @param schema an empty text if unknown
     */
    record Match(Origin origin, String databaseId, SchemaContent schema) {}

    /** Reads the Spider files that exist in {@code folder}. */
    static SpiderIndex read(Path folder) {
        SpiderIndex index = new SpiderIndex();
        Path tables = folder.resolve("tables.json");
        Map<String, Schema> schemas = Files.exists(tables) ? SpiderTables.read(tables) : Map.of();
        if (schemas.isEmpty()) {
            index.notes.add("No tables.json in " + folder
                    + ": prompts have no schema. Put Spider's JSON files beside the CSV.");
        }
        for (String train : List.of("train_spider.json", "train_others.json")) {
            index.addIfThere(folder.resolve(train), Origin.TRAIN, schemas);
        }
        if (!index.addIfThere(folder.resolve("dev.json"), Origin.DEV, schemas)) {
            index.notes.add("No dev.json in " + folder + ": whether the CSV holds Spider's dev set can't be told. The"
                    + " well-known file of 8,034 rows does, in its last 1,034: don't report scores on dev after"
                    + " training on them.");
        }
        return index;
    }

    /** Returns the next of Spider's rows with this question and SQL; repeats the last one after all were returned. */
    Match find(String question, String sql) {
        Deque<Match> found = matches.get(key(question, sql));
        if (found == null) {
            return new Match(Origin.UNKNOWN, "", NO_SCHEMA);
        }
        return found.size() > 1 ? found.removeFirst() : found.getFirst();
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    private boolean addIfThere(Path file, Origin origin, Map<String, Schema> schemas) {
        if (!Files.exists(file)) {
            return false;
        }
        for (SpiderRow row : SpiderRow.read(file, "row")) {
            Schema schema = schemas.get(row.databaseId());
            matches.computeIfAbsent(key(row.question(), row.sql()), key -> new ArrayDeque<>())
                    .add(new Match(origin, row.databaseId(), schema == null ? NO_SCHEMA : schema));
        }
        return true;
    }

    private static String key(String question, String sql) {
        return oneSpace(question) + "\n" + oneSpace(sql);
    }

    private static String oneSpace(String text) {
        return WHITE_SPACE.matcher(text.strip()).replaceAll(" ");
    }
}
