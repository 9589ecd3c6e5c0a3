package org.sqltune.inference.constraint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.sql.recognizer.QueryRecognizer;
import org.sqltune.model.tokenizer.TokenBytes;

/** Times masks along gold queries: arguments tokenizer.json, tokens, dev.json, folder of databases, queries. */
final class MaskTiming {
    /** Processor time: other processes of the machine say nothing. */
    private static final java.lang.management.ThreadMXBean CPU =
            java.lang.management.ManagementFactory.getThreadMXBean();

    private MaskTiming() {}

    public static void main(String[] arguments) throws Exception {
        TokenBytes tokens = TokenBytes.read(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        TokenTrie trie = new TokenTrie(tokens, bytes -> true);
        Constraints constraints = new Constraints(() -> tokens);
        List<Long> cold = new ArrayList<>();
        List<Long> warm = new ArrayList<>();
        List<Long> schemas = new ArrayList<>();
        long[] slowest = {0};
        Map<String, Schema> known = new HashMap<>();
        int left = Integer.parseInt(arguments[4]);
        int stride = 7;
        int row = 0;
        for (JsonNode each : new ObjectMapper().readTree(Path.of(arguments[2]).toFile())) {
            String id = each.path("db_id").asText();
            Path file = Path.of(arguments[3], id, id + ".sqlite");
            if (row++ % stride != 0 || left-- <= 0 || !Files.exists(file)) {
                continue;
            }
            Schema schema = known.computeIfAbsent(id, name -> {
                Schema read = new SchemaReader().read(file);
                long start = CPU.getCurrentThreadCpuTime();
                QueryRecognizer.Database made = new QueryRecognizer.Database(read);
                schemas.add(CPU.getCurrentThreadCpuTime() - start + (made == null ? 1 : 0));
                return read;
            });
            int[] ids = trie.longestFirst(each.path("query").asText().strip().getBytes(StandardCharsets.UTF_8));
            for (List<Long> times : List.of(cold, warm)) {
                var constraint = constraints.of(schema).orElseThrow();
                int at = 0;
                for (int token : ids) {
                    long start = CPU.getCurrentThreadCpuTime();
                    long[] words = constraint.allowed(256 - at++);
                    long time = CPU.getCurrentThreadCpuTime() - start;
                    times.add(time);
                    if (times == cold && time > slowest[0]) {
                        slowest[0] = time;
                        System.out.println("slowest " + time / 1000 + " us at token " + at + " of "
                                + each.path("query").asText());
                    }
                    if ((words[token >> 6] >>> token & 1) == 0) {
                        System.out.println("refused " + each.path("query").asText() + " at " + at);
                        break;
                    }
                    constraint.advance(token);
                }
            }
        }
        for (List<Long> times : List.of(cold, warm, schemas)) {
            long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
            System.out.println(sorted.length + ": median " + sorted[sorted.length / 2] / 1000 + " us, mean "
                    + (long) (Arrays.stream(sorted).average().orElse(0) / 1000) + " us, p99 "
                    + sorted[sorted.length * 99 / 100] / 1000 + " us");
        }
    }
}
