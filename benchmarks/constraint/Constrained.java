import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.inference.constraint.Constraints;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TokenConstraint;
import org.sqltune.model.torch.Torch;

/**
 * What a constraint costs: {@code Constrained MODEL DATABASE.sqlite TEXTS NEW_TOKENS [THREADS]}. Continues prompts of random tokens,
 * without and with the constraint by turns, and prints a JSON line for each round. Whoever answers random prompts is off the
 * way at each token, so masks are asked for far more often than by a model that knows the schema.
 */
public final class Constrained {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int PROMPT = 256;
    private static final int ROUNDS = 4;

    private Constrained() {}

    public static void main(String[] arguments) {
        Torch.setThreads(arguments.length > 4 ? Integer.parseInt(arguments[4]) : 2);
        int texts = Integer.parseInt(arguments[2]);
        int tokens = Integer.parseInt(arguments[3]);
        Schema schema = new SchemaReader().read(Path.of(arguments[1]));
        try (Torch torch = Torch.cpu();
                LanguageModel model = LanguageModel.loadPacked(torch, Path.of(arguments[0]));
                BatchGenerator generator = new BatchGenerator(model.decoder(), Set.of(), texts, 2048)) {
            Constraints constraints = Constraints.of(model);
            Clock first = new Clock();
            first.timed(() -> constraints.of(schema));
            for (int round = 0; round < ROUNDS; round++) {
                int vocabulary = model.decoder().config().vocabSize();
                Round without = run(generator, prompts(round, texts, vocabulary), tokens, List.of());
                List<Timed> constrained = new ArrayList<>();
                for (int i = 0; i < texts; i++) {
                    constrained.add(new Timed(constraints.of(schema).orElseThrow(), new Clock()));
                }
                Round with = run(generator, prompts(round, texts, vocabulary), tokens, constrained);
                double asked = constrained.stream().mapToDouble(each -> each.clock.wall).sum() / 1e6;
                double cpu = constrained.stream().mapToDouble(each -> each.clock.cpu).sum() / 1e6;
                ObjectNode line = new ObjectMapper().createObjectNode();
                line.put("round", round).put("texts", texts).put("tables", schema.tables().size());
                line.put("first_constraint_cpu_ms", first.cpu / 1e6);
                line.put("plain_ms_per_step", without.millis / tokens);
                line.put("tokens", with.tokens).put("ms_per_token", with.millis / with.tokens);
                line.put("constraint_ms_per_token", asked / with.tokens);
                line.put("constraint_cpu_ms_per_token", cpu / with.tokens);
                line.put("share", asked / with.millis);
                System.out.println(line);
            }
        }
    }

    private record Round(int tokens, double millis) {}

    private static Round run(BatchGenerator generator, List<long[]> prompts, int tokens, List<Timed> constraints) {
        int[] count = {0};
        long[] begun = {0};
        for (int i = 0; i < prompts.size(); i++) {
            Optional<TokenConstraint> constraint =
                    constraints.isEmpty() ? Optional.empty() : Optional.of(constraints.get(i));
            generator.submit(prompts.get(i), new GenerationSettings(0, 1, tokens, 0), constraint, (text, token) -> {
                begun[0] = begun[0] == 0 ? System.nanoTime() : begun[0];
                count[0]++;
                return true;
            });
        }
        generator.run();
        return new Round(count[0], (System.nanoTime() - begun[0]) / 1e6);
    }

    private static List<long[]> prompts(int round, int texts, int vocabulary) {
        Random random = new Random(round);
        List<long[]> prompts = new ArrayList<>();
        for (int i = 0; i < texts; i++) {
            prompts.add(random.longs(PROMPT, 3, vocabulary).toArray());
        }
        return prompts;
    }

    /** Nanoseconds of asking. */
    private static final class Clock {
        private long wall;
        private long cpu;

        private <T> T timed(Supplier<T> question) {
            long start = System.nanoTime();
            long cpuStart = CPU.getCurrentThreadCpuTime();
            T answer = question.get();
            wall += System.nanoTime() - start;
            cpu += CPU.getCurrentThreadCpuTime() - cpuStart;
            return answer;
        }
    }

    /** A constraint that is timed. */
    private record Timed(TokenConstraint constraint, Clock clock) implements TokenConstraint {
        @Override
        public long[] allowed(int tokensLeft) {
            return clock.timed(() -> constraint.allowed(tokensLeft));
        }

        @Override
        public boolean allows(int token, int tokensLeft) {
            return clock.timed(() -> constraint.allows(token, tokensLeft));
        }

        @Override
        public boolean mayEnd() {
            return clock.timed(constraint::mayEnd);
        }

        @Override
        public void advance(int token) {
            clock.timed(() -> {
                constraint.advance(token);
                return token;
            });
        }

        @Override
        public int[] forced() {
            return clock.timed(constraint::forced);
        }

        @Override
        public int[] ending() {
            return clock.timed(constraint::ending);
        }

        @Override
        public TokenConstraint copy() {
            return new Timed(clock.timed(constraint::copy), clock);
        }
    }
}
