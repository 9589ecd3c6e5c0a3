package org.sqltune.core.sql.recognizer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;

/** Counts gold queries that the recogniser takes. */
final class Reachability {
    public static void main(String[] a) throws Exception {
        Map<String, QueryRecognizer.Database> databases = new TreeMap<>();
        Map<String, Integer> kinds = new TreeMap<>();
        int all = 0;
        int taken = 0;
        int shown = 0;
        for (JsonNode row : new ObjectMapper().readTree(Path.of(a[0]).toFile())) {
            String id = row.path("db_id").asText();
            String sql = row.path("query").asText();
            if (!java.nio.file.Files.exists(Path.of(a[1], id, id + ".sqlite"))) {
                continue;
            }
            QueryRecognizer.Database database = databases.computeIfAbsent(id, each -> {
                java.nio.file.Path file = Path.of(a[1], each, each + ".sqlite");
                Schema schema = new SchemaReader().read(file);
                return new QueryRecognizer.Database(schema);
            });
            QueryRecognizer at = database.begin();
            byte[] bytes = sql.strip().getBytes(StandardCharsets.UTF_8);
            int i = 0;
            QueryRecognizer last = at;
            while (i < bytes.length && at != null) {
                last = at;
                at = at.next(bytes[i]);
                i += at == null ? 0 : 1;
            }
            all++;
            if (at != null && at.mayEnd()) {
                taken++;
            } else if (shown++ < Integer.parseInt(a[2])) {
                String s = new String(bytes, StandardCharsets.UTF_8);
                System.out.println(id + "\t" + s.substring(0, Math.min(i, s.length())) + " >>> " + s.substring(Math.min(i, s.length())));
            }
        }
        System.out.println(taken + " of " + all);
    }
}
