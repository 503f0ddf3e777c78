{
  # The same addon by node-gyp, which prebuildify drives. Sources stand in native/manifest.json, which CMakeLists.txt reads too.
  "targets": [
    {
      "target_name": "gramian",
      "sources": [
        "<!@(node -p \"const m = require('./native/manifest.json'); [...m.core, ...m.addon].join(' ')\")",
      ],
      "defines": [
        "<!@(node -p \"const m = require('./native/manifest.json'); [...m.defines, 'NAPI_VERSION=' + m.napi].join(' ')\")",
      ],
      "include_dirs": [
        "<!(node -p \"require('node-addon-api').include_dir\")",
        "<!@(node scripts/find-blas.mjs --include)",
      ],
      "libraries": ["<!@(node scripts/find-blas.mjs --link)"],
      "cflags!": ["-fno-exceptions"],
      "cflags_cc!": ["-fno-exceptions", "-fno-rtti", "-std=gnu++20", "-std=gnu++17", "-O3"],
      "cflags_cc": ["-std=gnu++17", "-O3", "-fvisibility=hidden", "-fvisibility-inlines-hidden", "-pthread", "-Wall", "-Wextra"],
      "conditions": [
        ["OS=='linux'", {
          "ldflags": [
            "-Wl,-z,nodelete",
            "-Wl,--exclude-libs,ALL",
            "-Wl,--version-script=<(module_root_dir)/native/exports.map",
          ],
        }],
        ["OS=='mac'", {
          "xcode_settings": {
            "GCC_ENABLE_CPP_EXCEPTIONS": "YES",
            "GCC_ENABLE_CPP_RTTI": "YES",
            "CLANG_CXX_LANGUAGE_STANDARD": "gnu++17",
            "GCC_SYMBOLS_PRIVATE_EXTERN": "YES",
            "MACOSX_DEPLOYMENT_TARGET": "12.0",
          },
        }],
        ["OS=='win'", {
          "msvs_settings": { "VCCLCompilerTool": { "ExceptionHandling": 1 } },
        }],
      ],
    },
  ],
}
