package org.sqltune.workflow.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.sqltune.training.estimate.MemoryEstimate;
import org.sqltune.training.estimate.MemoryPart;
import org.sqltune.training.estimate.RunEstimate;
import org.sqltune.training.estimate.RunEstimate.TimeEstimate;

/** Writes an estimate as JSON, with memory in bytes and time in seconds. */
public final class EstimateJson {
    private EstimateJson() {}

    /** Returns the JSON object on one line. */
    public static String of(RunEstimate estimate) {
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
