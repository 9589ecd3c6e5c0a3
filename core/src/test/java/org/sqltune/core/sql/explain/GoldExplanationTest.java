package org.sqltune.core.sql.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sqltune.core.sql.syntax.ParsedSql;

/** Queries that people wrote. {@code -Dsqltune.spider} names Spider's folder. */
@Tag("heavy")
class GoldExplanationTest {
    @Test
    void everyQueryOfSpiderIsExplainedWithoutSql() throws IOException {
        Path spider = Path.of(System.getProperty("sqltune.spider"));
        for (String file : List.of("dev.json", "train_spider.json")) {
            boolean training = file.startsWith("train");
            for (JsonNode row : new ObjectMapper().readTree(spider.resolve(file).toFile())) {
                String sql = row.path("query").asText();
                List<String> lines = QueryExplanation.of(sql, null);
                if (training && ParsedSql.of(sql).isEmpty()) {
                    continue; // LIMIT in front of INTERSECT, which SQLite refuses, too.
                }
                assertThat(lines).as(sql).noneMatch(line -> line.contains("`"));
                assertThat(lines.get(0)).as(sql).startsWith("Shows ");
            }
        }
    }
}
