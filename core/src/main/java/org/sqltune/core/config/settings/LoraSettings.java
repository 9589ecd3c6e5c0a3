package org.sqltune.core.config.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Section {@code lora}, in PEFT's words (LoRA: arXiv:2106.09685).
 *
 * @param r rank of the update, at least 1
 * @param loraAlpha the update is scaled by {@code lora_alpha / r}
 * @param loraDropout probability of dropping an input of the update while training, in [0, 1)
 * @param targetModules linear layers to adapt, by the model's names such as {@code q_proj} and {@code v_proj}, or {@code
 *     all-linear} alone for every one in the layers, or one regular expression alone that whole paths must match
 * @param useRslora scale by {@code lora_alpha / √r} instead (rsLoRA: arXiv:2312.03732)
 * @param useDora learn the lengths of the weights' rows apart from their directions (DoRA: arXiv:2402.09353)
 * @param initLoraWeights how A and B begin: {@code true} (A uniform, B zero), {@code gaussian} (A normal), or {@code pissa}
 *     and {@code pissa_niter_N} (the weight's principal components, exact or by N power iterations; arXiv:2404.02948)
 * @param rankPattern ranks of maps that differ from {@code r}, by a regular expression for the end of their paths
 * @param alphaPattern the same for {@code lora_alpha}
 */
public record LoraSettings(
        int r,
        double loraAlpha,
        double loraDropout,
        List<String> targetModules,
        boolean useRslora,
        boolean useDora,
        String initLoraWeights,
        Map<String, Integer> rankPattern,
        Map<String, Double> alphaPattern) {
    /** Stands for every linear layer of every layer. */
    public static final String ALL_LINEAR = "all-linear";

    /** What a regular expression has and a name hasn't. */
    private static final Pattern PATTERN = Pattern.compile(".*[*+?(){}|\\\\^$].*");

    private static final String PISSA = "pissa";

    public LoraSettings {
        targetModules = List.copyOf(targetModules);
        // The order counts: of several patterns that match a map, the first decides.
        rankPattern = Collections.unmodifiableMap(new LinkedHashMap<>(rankPattern));
        alphaPattern = Collections.unmodifiableMap(new LinkedHashMap<>(alphaPattern));
    }

    /** Plain LoRA, alike everywhere. */
    public LoraSettings(int r, double loraAlpha, double loraDropout, List<String> targetModules) {
        this(r, loraAlpha, loraDropout, targetModules, false, false, "true", Map.of(), Map.of());
    }

    /** Rank 8, alpha 16, dropout 0.05 on q and v. */
    public static LoraSettings defaults() {
        return new LoraSettings(8, 16, 0.05, List.of("q_proj", "v_proj"));
    }

    /** Whether a value of {@code target_modules} is a regular expression, as PEFT takes a text for one, and no name. */
    public static boolean isPattern(String target) {
        return PATTERN.matcher(target).matches();
    }

    /** The regular expression that paths of linear layers must match; empty if they are named. */
    public String targetPattern() {
        return targetModules.size() == 1 && isPattern(targetModules.get(0)) ? targetModules.get(0) : "";
    }

    /** Whether the adapter begins with principal components of the weights (PiSSA). */
    public boolean startsPrincipal() {
        return initLoraWeights.startsWith(PISSA);
    }
}
