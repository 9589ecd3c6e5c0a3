package org.sqltune.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.sqltune.core.config.RunConfig;
import org.sqltune.model.ModelLoader;
import org.sqltune.training.estimate.MachineMemory;
import org.sqltune.training.estimate.MemoryEstimate;
import org.sqltune.training.estimate.MemoryPart;
import org.sqltune.training.estimate.RunEstimate.TimeEstimate;
import org.sqltune.training.estimate.RunEstimate;
import org.sqltune.training.estimate.RunEstimator;
import org.sqltune.workflow.RunDataReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune estimate}: what {@code train} with the same arguments will take. */
@Command(
        name = "estimate",
        description = {
            "Says what train with the same arguments will take: parameters, download, memory by part, time, and whether it"
                    + " fits this machine. Takes some seconds; weights are neither read nor downloaded."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune estimate",
            "  sqltune estimate --config configs/spider/tinyllama_lora.yaml data.path=spider --json",
        })
final class EstimateCommand implements Runnable {
    private final Console console;
    private final RunDataReader reader;
    private final ModelLoader loader;

    @Mixin
    private TrainOptions options = new TrainOptions();

    @Option(names = "--json", description = "Print one JSON object; memory in bytes, time in seconds.")
    private boolean json;

    EstimateCommand(Console console, RunDataReader reader, ModelLoader loader) {
        this.console = console;
        this.reader = reader;
        this.loader = loader;
    }

    @Override
    public void run() {
        RunConfig config = options.load(loader.devices());
        RunEstimator estimator = new RunEstimator(loader, new MachineMemory());
        RunEstimate estimate = estimator.estimate(config, reader.read(config).prompts());
        console.out().println(json ? toJson(estimate) : new EstimateTable(estimate).text());
    }

    private static String toJson(RunEstimate estimate) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("parameters", estimate.parameters());
        json.put("trainable_parameters", estimate.trainableParameters());
        json.put("trainable_share", estimate.trainableShare());
        estimate.downloadBytes().ifPresent(bytes -> json.put("download_bytes", bytes));
        json.put("dtype", estimate.elementType());
        json.put("steps", estimate.steps());
        json.put("tokens", estimate.tokens());
        json.put("computed_tokens", estimate.computedTokens());
        json.put("from_a_sample", estimate.sampled());
        json.put("memory", memory(estimate.memory()));
        json.put("memory_without_checkpointing", memory(estimate.memoryWithoutCheckpointing()));
        json.put("memory_with_selective_checkpointing", memory(estimate.memoryWithSelectiveCheckpointing()));
        json.put("memory_with_checkpointing", memory(estimate.memoryWithCheckpointing()));
        json.put("available_bytes", estimate.available().bytes());
        json.put("limited_by", estimate.available().limitedBy());
        json.put("fits", estimate.fits());
        json.put("proposal", estimate.proposal());
        TimeEstimate time = estimate.time();
        if (time != null) {
            json.put("seconds_per_step", time.secondsPerStep());
            json.put("seconds", time.seconds());
            json.put("calibration_seconds", time.calibrationSeconds());
        }
        try {
            return JsonMapper.builder().build().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of plain values can't fail to be written", e);
        }
    }

    private static Map<String, Object> memory(MemoryEstimate memory) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("peak_bytes", memory.peak());
        json.put("moment", memory.moment().name().toLowerCase(Locale.ROOT));
        for (MemoryPart part : MemoryPart.values()) {
            json.put(part.name().toLowerCase(Locale.ROOT), memory.of(part));
        }
        return json;
    }
}
