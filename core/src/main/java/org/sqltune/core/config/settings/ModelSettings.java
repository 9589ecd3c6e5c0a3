package org.sqltune.core.config.settings;

/**
 * Section {@code model}.
 *
 * @param name a folder in Hugging Face's layout, {@code owner/name} on the hub, or {@code sqltune-nano}, the base model
 *     inside the jar
 * @param revision branch, tag or commit of a model on the hub; of no meaning for folders
 * @param dtype the arithmetic of the forward and backward pass
 * @param device where it runs
 * @param quantization how frozen weights are held
 */
public record ModelSettings(String name, String revision, DType dtype, DeviceChoice device, Quantization quantization) {
    /** The base model that the jar brings along. */
    public static final String BUNDLED = "sqltune-nano";

    /** The branch that a repository on the hub has unless somebody chose another. */
    public static final String MAIN_REVISION = "main";

    /** The bundled base, fp32 where that is fastest, on the best device found. */
    public static ModelSettings defaults() {
        return new ModelSettings(BUNDLED, MAIN_REVISION, DType.AUTO, DeviceChoice.AUTO, Quantization.NONE);
    }

    /** Element type of the arithmetic. In YAML: {@code auto}, {@code fp32} (or {@code float32}), {@code bf16} (or {@code bfloat16}), {@code fp16} (or {@code float16}). */
    public enum DType {
        /** What the model's config.json names, except that CPUs without bf16 instructions run fp32. */
        AUTO,
        /** 32-bit floats. */
        FP32,
        /** bfloat16 products with fp32 reductions. */
        BF16,
        /** Half precision. The CPU, which multiplies it slowly, runs bfloat16 instead. */
        FP16
    }

    /** Where to run. In YAML: {@code auto}, {@code cpu}, {@code cuda}, {@code mps}. */
    public enum DeviceChoice {
        /** CUDA if there is one, else MPS, else the CPU. */
        AUTO,
        /** The processor. */
        CPU,
        /** An NVIDIA GPU. */
        CUDA,
        /** Apple's GPU. */
        MPS
    }

    /** How frozen weights are held. In YAML: {@code none}, {@code nf4}, {@code int8}. */
    public enum Quantization {
        /** As they are on disk. */
        NONE,
        /** The linear layers' weights in 4-bit NormalFloat with double quantisation (QLoRA, arXiv:2305.14314). */
        NF4,
        /** The linear layers' weights in 8-bit integers with a scale for each row. */
        INT8
    }

    /** The same for another model. */
    public ModelSettings withName(String name) {
        return new ModelSettings(name, revision, dtype, device, quantization);
    }

    /** The same for another revision. */
    public ModelSettings withRevision(String revision) {
        return new ModelSettings(name, revision, dtype, device, quantization);
    }

    /** The same in another arithmetic. */
    public ModelSettings withDtype(DType dtype) {
        return new ModelSettings(name, revision, dtype, device, quantization);
    }

    /** The same with frozen weights held another way. */
    public ModelSettings withQuantization(Quantization quantization) {
        return new ModelSettings(name, revision, dtype, device, quantization);
    }
}
