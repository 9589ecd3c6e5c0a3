package org.sqltune.cli.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sqltune.cli.console.Console;
import org.sqltune.core.io.ByteSizes;
import org.sqltune.model.lora.AdapterBase;
import org.sqltune.model.lora.AdapterDescription;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.workflow.model.DescribeAdapter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sqltune adapter info}: what an adapter's files say of it. */
@Command(
        name = "info",
        description = "Prints an adapter's kind, rank, base and size. The base needn't be there.",
        footerHeading = "%nExample:%n",
        footer = "  sqltune adapter info outputs/demo/final_model")
final class AdapterInfoCommand implements Runnable {
    private final Console console;

    @Parameters(paramLabel = "FOLDER", description = "The adapter's folder, with PEFT's files.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    AdapterInfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        rows(new DescribeAdapter().run(folder))
                .forEach(row -> console.out().printf(Locale.ROOT, "%-12s  %s%n", row.get(0), row.get(1)));
    }

    private static List<List<String>> rows(AdapterDescription adapter) {
        LoraConfig config = adapter.config();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("kind", adapter.kind()));
        rows.add(List.of("base model", base(adapter)));
        rows.add(List.of("rank", String.valueOf(config.rank())));
        addUnless(
                config.ranks().byPattern().isEmpty(),
                rows,
                "other ranks",
                config.ranks().byPattern());
        rows.add(List.of("alpha", number(config.alpha())));
        addUnless(
                config.alphas().byPattern().isEmpty(),
                rows,
                "other alphas",
                config.alphas().byPattern());
        rows.add(List.of("dropout", number(config.dropout())));
        rows.add(List.of("linear layers", adapter.linearLayers() + ": " + adapter.where()));
        rows.add(List.of(
                "parameters",
                String.format(
                        Locale.ROOT,
                        "%,d (%s, %s)",
                        adapter.parameters(),
                        String.join(", ", adapter.types()),
                        ByteSizes.inWords(adapter.bytes()))));
        return rows;
    }

    private static void addUnless(boolean nothing, List<List<String>> rows, String name, Object value) {
        if (!nothing) {
            rows.add(List.of(name, value.toString()));
        }
    }

    private static String base(AdapterDescription adapter) {
        AdapterBase base = adapter.base();
        if (base == null) {
            return "not named";
        }
        return base.revision() == null ? base.name() : base.name() + ", revision " + base.revision();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
