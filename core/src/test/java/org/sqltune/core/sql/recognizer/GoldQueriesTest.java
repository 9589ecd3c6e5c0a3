package org.sqltune.core.sql.recognizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sqltune.core.schema.SchemaReader;

/** How much of what people wrote can be written. {@code -Dsqltune.spider} names Spider's folder. */
@Tag("heavy")
class GoldQueriesTest {
    private static final QueryRecognizer.Database ANY_NAMES = QueryRecognizer.Database.ofAnyNames();

    @Test
    void nearlyAllOfSpidersQueriesAreTaken() throws IOException {
        Path spider = Path.of(System.getProperty("sqltune.spider"));
        for (String file : new String[] {"dev.json", "train_spider.json", "train_others.json"}) {
            assertThat(share(spider, file)).as(file).isGreaterThan(0.98);
        }
    }

    private static double share(Path spider, String file) throws IOException {
        Map<String, QueryRecognizer.Database> databases = new TreeMap<>();
        int all = 0;
        int taken = 0;
        int anyNames = 0;
        for (JsonNode row : new ObjectMapper().readTree(spider.resolve(file).toFile())) {
            String id = row.path("db_id").asText();
            Path database = spider.resolve("database").resolve(id).resolve(id + ".sqlite");
            if (!Files.exists(database)) {
                continue;
            }
            QueryRecognizer start = databases
                    .computeIfAbsent(id, each -> new QueryRecognizer.Database(new SchemaReader().read(database)))
                    .begin();
            String sql = row.path("query").asText().strip();
            QueryRecognizer end = start.next(sql.getBytes(StandardCharsets.UTF_8));
            all++;
            QueryRecognizer grammar = ANY_NAMES.begin().next(sql.getBytes(StandardCharsets.UTF_8));
            anyNames += grammar != null && grammar.mayEnd() ? 1 : 0;
            if (end != null && end.mayEnd()) {
                taken++;
            } else {
                System.out.println("not taken, " + id + ": " + sql);
            }
        }
        System.out.println(file + ": " + taken + " of " + all + "; by the grammar alone " + anyNames);
        return (double) taken / all;
    }
}
