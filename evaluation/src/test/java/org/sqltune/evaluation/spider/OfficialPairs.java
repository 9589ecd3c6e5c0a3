package org.sqltune.evaluation.spider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.sqltune.evaluation.spider.SpiderEvaluator.SpiderPair;

/** Two databases, pairs of queries over them, and what the official evaluators say; made by tools/parity. */
final class OfficialPairs {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OfficialPairs() {}

    /** Makes {@code database/trade/trade.sqlite}, a second database beside it, and {@code tables.json}. */
    static void makeDatabases(Path folder) throws IOException, SQLException {
        Path databases = Files.createDirectories(folder.resolve("database").resolve("trade"));
        make(databases.resolve("trade.sqlite"), "database.sql");
        make(databases.resolve("trade_2.sqlite"), "second_database.sql");
        Files.writeString(folder.resolve("tables.json"), text("tables.json"));
    }

    static List<SpiderPair> pairs() throws IOException {
        List<SpiderPair> pairs = new ArrayList<>();
        for (String line : text("pairs.tsv").lines().toList()) {
            String[] fields = line.split("\t", -1);
            pairs.add(new SpiderPair(pairs.size(), "trade", fields[0], fields[1]));
        }
        return pairs;
    }

    static List<JsonNode> official() throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : text("official.jsonl").lines().toList()) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }

    private static void make(Path file, String script) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(text(script));
        }
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = OfficialPairs.class.getResourceAsStream("/spider/" + resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
