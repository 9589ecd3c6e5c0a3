<#-- THIRD-PARTY.txt of the jar: libraries in Java, then the native ones inside them, then where the licences' texts are. -->
<#function licenseFormat licenses>
    <#assign result = ""/>
    <#list licenses as license>
        <#assign result = result + " (" + license + ")"/>
    </#list>
    <#return result>
</#function>
Java libraries: ${dependencyMap?size} dependencies.
<#list dependencyMap as e>
<#assign p = e.getKey()/>
    ${licenseFormat(e.getValue())} ${p.name} (${p.groupId}:${p.artifactId}:${p.version} - ${(p.url!"no url defined")})
</#list>

Native libraries, which lie inside the Java libraries above and are unpacked to run:
     (BSD-3-Clause: PyTorch.txt) libtorch, libtorch_cpu, libc10 (in ai.djl.pytorch:pytorch-native-cpu - https://pytorch.org);
       libtorch_cpu contains oneDNN, XNNPACK's helpers and others, under Apache-2.0, MIT and BSD licences, and parts of
       Intel MKL, under the Intel Simplified Software License
     (GPL-3.0 with GCC-exception-3.1) libgomp (in ai.djl.pytorch:pytorch-native-cpu - https://gcc.gnu.org)
     (Apache-2.0) libdjl_torch (in ai.djl.pytorch:pytorch-jni - https://djl.ai)
     (Apache-2.0) libtokenizers, which contains Hugging Face's tokenizers and Oniguruma, BSD-2-Clause (in
       ai.djl.huggingface:tokenizers - https://github.com/huggingface/tokenizers)
     (GPL-3.0 with GCC-exception-3.1) libgcc_s_seh-1, libstdc++-6; (MIT) libwinpthread-1: Windows only (in
       ai.djl.huggingface:tokenizers)
     (public domain) SQLite; (Apache-2.0, BSD-2-Clause: sqlite-jdbc-zentus.txt) its bridge libsqlitejdbc (in
       org.xerial:sqlite-jdbc - https://sqlite.org)
     (BSD-3-Clause) libzstd-jni, which contains Zstandard (in com.github.luben:zstd-jni - https://facebook.github.io/zstd)
     (BSD-3-Clause, Apache-2.0) libsnappyjava, which contains Snappy (in org.xerial.snappy:snappy-java)
     (Apache-2.0 or LGPL-2.1) libjnidispatch, which contains libffi, MIT (in net.java.dev.jna:jna)
     (BSD-3-Clause) libjlinenative (in org.jline:jline - https://jline.org)

The texts of these licences lie under META-INF/licenses. Where a library offers a choice, SqlTune takes the first named.
META-INF/sbom/application.cdx.json lists all Java libraries for programs.
