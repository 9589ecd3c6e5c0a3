import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.decoder.KvCache;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/**
 * Loads a model in bf16 and computes the scores of the token behind a prompt; prints one JSON line a stage, with the
 * seconds since the virtual machine began and what the kernel says of the process's memory. Run by {@code loading.py}.
 */
public final class Loading {
    private static final long START = ManagementFactory.getRuntimeMXBean().getStartTime();

    private Loading() {}

    public static void main(String[] arguments) throws IOException {
        report("main");
        try (Torch torch = Torch.cpu()) {
            report("engine");
            try (LanguageModel model = LanguageModel.load(torch, Path.of(arguments[0]), ElementType.BFLOAT16)) {
                report("loaded");
                long[] ids = new long[Integer.parseInt(arguments[1])];
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = 3 + i;
                }
                float[] scores;
                try (KvCache cache = model.decoder().newCache(ids.length)) {
                    scores = model.decoder().next(cache, ids);
                }
                report("computed", "\"highest\": " + indexOfHighest(scores));
            }
        }
    }

    private static int indexOfHighest(float[] scores) {
        int highest = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[highest]) {
                highest = i;
            }
        }
        return highest;
    }

    private static void report(String stage, String... more) throws IOException {
        List<String> fields = new ArrayList<>(List.of(more));
        fields.add("\"stage\": \"" + stage + "\"");
        fields.add("\"seconds\": " + (System.currentTimeMillis() - START) / 1000.0);
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            String[] parts = line.split("[:\\s]+");
            if (List.of("VmRSS", "VmHWM", "RssAnon", "RssFile").contains(parts[0])) {
                fields.add("\"" + parts[0] + "\": " + Long.parseLong(parts[1]) * 1024);
            }
        }
        System.out.println("{" + String.join(", ", fields) + "}");
    }
}
