package org.sqltune.cli.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Tables;
import org.sqltune.data.statistics.DatasetStatistics;
import org.sqltune.data.statistics.DatasetStatistics.TokenSummary;
import org.sqltune.data.statistics.StatisticsPicture.Part;
import org.sqltune.workflow.data.ComputeStatistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune data stats}: what a run's data is like, in the tokens of the run's model. */
@Command(
        name = "stats",
        description = "Counts examples, their tokens, what training.max_length cuts off and what shared schemas save.",
        footer = "  sqltune data stats --config configs/spider/nano_lora.yaml data.path=spider training.max_length=256")
final class DataStatsCommand extends DataUseCase implements Runnable {
    @Mixin
    private DataOptions options = new DataOptions();

    @Option(
            names = {"--base-model", "--model"},
            paramLabel = "MODEL",
            description = "Whose tokenizer counts: a folder, owner/name on the hub, or sqltune-nano (model.name).")
    private @Nullable String model;

    @Option(names = "--picture", paramLabel = "FILE", description = "Draw it, too: an SVG file, or an .html page.")
    private @Nullable Path picture;

    ComputeStatistics.Request request() {
        return new ComputeStatistics.Request(options.load(model), picture);
    }

    @Override
    public void run() {
        ComputeStatistics.Result result = run(request(), new ComputeStatistics(workspace())::run);
        result.parts().forEach(this::print);
        if (result.picture() != null) {
            print(result.picture());
        }
    }

    private void print(Part part) {
        DatasetStatistics figures = part.statistics();
        print(format("%s: %,d examples", part.name(), figures.examples()));
        print(Tables.draw(
                List.of("Tokens", "Mean", "Median", "95 %", "Most"),
                List.of(
                        row("shared beginning", figures.prefix()),
                        row("question", figures.question()),
                        row("answer", figures.completion()),
                        row("whole", figures.whole()))));
        print(format(
                "longer than training.max_length %d: %,d, of which %,d have nothing left to learn",
                figures.maxLength(), figures.truncated(), figures.withoutTarget()));
        print(format(
                "%,d tokens, %,d if each shared beginning is computed once (%.1f times fewer)",
                figures.tokens(), figures.tokensWithSharing(), figures.sharingRatio()));
        print("by kind: " + figures.categories());
        print(part.hardness().isEmpty() ? "" : "by hardness: " + part.hardness() + System.lineSeparator());
    }

    private static List<String> row(String name, TokenSummary tokens) {
        return List.of(
                name,
                format("%.1f", tokens.mean()),
                format("%.1f", tokens.median()),
                String.valueOf(tokens.p95()),
                String.valueOf(tokens.max()));
    }
}
