package org.sqltune.workflow.hostile;

/** A file from elsewhere that a case damages. */
enum DamagedFile {
    CONFIG("model/config.json", Form.JSON),
    GENERATION_CONFIG("model/generation_config.json", Form.JSON),
    TOKENIZER("model/tokenizer.json", Form.TOKENIZER),
    TOKENIZER_CONFIG("model/tokenizer_config.json", Form.JSON),
    WEIGHTS("model/model.safetensors", Form.SAFETENSORS),
    INDEX("sharded/model.safetensors.index.json", Form.JSON),
    SHARD("sharded/model-00002-of-00003.safetensors", Form.SAFETENSORS),
    ADAPTER_CONFIG("model/trained_adapter/adapter_config.json", Form.JSON),
    ADAPTER_WEIGHTS("model/trained_adapter/adapter_model.safetensors", Form.SAFETENSORS),
    CONTRACT("run/final_model/sqltune.json", Form.JSON),
    CHECKPOINT_STATE("run/checkpoint-1/trainer_state.json", Form.JSON),
    CHECKPOINT_MOMENTS("run/checkpoint-1/optimizer.safetensors", Form.SAFETENSORS),
    CHECKPOINT_WEIGHTS("run/checkpoint-1/adapter_model.safetensors", Form.SAFETENSORS),
    METRICS("run/metrics.jsonl", Form.JSON),
    RUN_CONFIG("run/config.yaml", Form.BYTES),
    ROWS_JSONL("rows/rows.jsonl", Form.JSON),
    ROWS_JSON("rows/rows.json", Form.JSON),
    ROWS_CSV("rows/rows.csv", Form.BYTES),
    DATABASE("rows/shop.sqlite", Form.BYTES);

    /** What the content is made of. */
    enum Form {
        /** Any bytes. */
        BYTES,
        /** A JSON text. */
        JSON,
        /** The JSON text of a tokenizer. */
        TOKENIZER,
        /** A header in JSON and numbers. */
        SAFETENSORS
    }

    private final String path;
    private final Form form;

    DamagedFile(String path, Form form) {
        this.path = path;
        this.form = form;
    }

    /** Its place in the folder of everything that is read. */
    String path() {
        return path;
    }

    Form form() {
        return form;
    }
}
