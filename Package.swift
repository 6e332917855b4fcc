// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// On the path of every request: an asynchronous function goes on where its caller is, instead of asking which executor it
/// should change to.
let callersExecutor: [SwiftSetting] = settings + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]

/// The layers, bottom to top. A target imports only what stands above it in this file.
let package = Package(
    name: "miyabi-database",
    products: [
        .executable(name: "miyabi", targets: ["miyabi"]),
        .library(
            name: "MiyabiDatabase",
            targets: [
                "MiyabiDatabase", "MiyabiRelational", "MiyabiRealtime", "MiyabiLicensing", "MiyabiValues",
                "MiyabiOperations", "MiyabiDoctor", "MiyabiImport", "MiyabiMigrations", "MiyabiHome", "MiyabiSystem",
                "Postgres", "DynamoDB", "AWSCore",
            ]),
        .library(name: "MiyabiLicensing", targets: ["MiyabiLicensing"]),
        .library(name: "DynamoDBEngine", targets: ["DynamoDBEngine", "DynamoDBService", "DynamoDB", "AWSCore"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        // PostgreSQL
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "Postgres",
            dependencies: [
                "CLibPQ",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),

        // DynamoDB
        .target(
            name: "AWSCore",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ],
            swiftSettings: settings),
        .target(
            name: "DynamoDB",
            dependencies: [
                "AWSCore",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: settings),
        .systemLibrary(name: "CRocksDB", providers: [.apt(["librocksdb-dev"])]),
        .target(
            name: "CRocksEncryption", dependencies: ["CRocksDB"],
            linkerSettings: [.linkedLibrary("rocksdb"), .linkedLibrary("crypto")]),
        .target(
            name: "Encryption", dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(
            name: "DynamoDBEngine",
            dependencies: [
                "CRocksDB", "CRocksEncryption", "Encryption", "DynamoDB", "AWSCore",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(
            name: "DynamoDBService",
            dependencies: [
                "CZlib", "AWSCore", "DynamoDB", "DynamoDBEngine",
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: callersExecutor),

        // Miyabi
        .systemLibrary(name: "CSpawn"),
        .target(
            name: "MiyabiSystem",
            dependencies: ["CSpawn", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(
            name: "MiyabiHome",
            dependencies: [
                "MiyabiSystem", "Encryption", "Postgres", "DynamoDB", "AWSCore",
                .product(name: "Configuration", package: "swift-configuration"),
            ],
            swiftSettings: settings),
        .plugin(name: "EmbedSQL", capability: .buildTool(), dependencies: ["EmbedSQLTool"]),
        .executableTarget(name: "EmbedSQLTool", path: "Plugins/EmbedSQLTool", swiftSettings: settings),
        .target(
            name: "MiyabiMigrations",
            dependencies: [
                "MiyabiSystem", "Postgres",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            exclude: ["SQL"],
            swiftSettings: settings,
            plugins: ["EmbedSQL"]),
        .target(name: "MiyabiValues", swiftSettings: settings),
        .target(
            name: "MiyabiLicensing",
            dependencies: [
                "MiyabiValues",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
            ],
            swiftSettings: settings),
        .target(
            name: "MiyabiRelational",
            dependencies: [
                "MiyabiLicensing", "MiyabiValues", "Postgres",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .target(
            name: "MiyabiRealtime",
            dependencies: ["MiyabiValues", "DynamoDB", "AWSCore"],
            swiftSettings: settings),
        .target(
            name: "MiyabiDatabase",
            dependencies: [
                "MiyabiRelational", "MiyabiRealtime", "MiyabiLicensing", "MiyabiValues", "Postgres", "DynamoDB",
                "AWSCore",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),
        .target(
            name: "MiyabiImport",
            dependencies: [
                "MiyabiDatabase", "DynamoDB", "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .target(
            name: "MiyabiOperations",
            dependencies: [
                "MiyabiDatabase", "MiyabiImport", "MiyabiMigrations", "MiyabiHome", "MiyabiSystem", "Encryption",
                "Postgres", "DynamoDB",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ],
            swiftSettings: settings),
        .target(
            name: "MiyabiDoctor",
            dependencies: [
                "MiyabiOperations", "MiyabiRealtime", "MiyabiHome", "MiyabiSystem", "Postgres", "DynamoDB",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .target(
            name: "MiyabiMonitoring",
            dependencies: [
                "MiyabiOperations", "MiyabiDatabase", "MiyabiHome", "MiyabiSystem", "DynamoDBService", "DynamoDBEngine",
                "Postgres", "CZlib",
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "miyabi",
            dependencies: [
                "MiyabiDoctor", "MiyabiMonitoring", "MiyabiOperations", "MiyabiImport", "MiyabiMigrations",
                "MiyabiHome", "MiyabiSystem", "MiyabiDatabase", "DynamoDBService", "DynamoDBEngine", "DynamoDB",
                "Encryption", "Postgres",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),

        .executableTarget(
            name: "AgentExample",
            dependencies: ["MiyabiDatabase", "MiyabiOperations", "MiyabiImport", "Postgres"],
            path: "Examples/AgentExample",
            swiftSettings: settings),

        // Benchmarks
        .executableTarget(
            name: "EngineBenchmark",
            dependencies: ["DynamoDBEngine", "DynamoDB", "CRocksDB", .product(name: "Logging", package: "swift-log")],
            path: "Benchmarks/EngineBenchmark",
            swiftSettings: settings),

        .executableTarget(
            name: "ClientBenchmark",
            dependencies: [
                "DynamoDBEngine", "DynamoDB",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            path: "Benchmarks/ClientBenchmark",
            swiftSettings: settings),
        .executableTarget(
            name: "PostgresBenchmark",
            dependencies: ["Postgres", .product(name: "Logging", package: "swift-log")],
            path: "Benchmarks/PostgresBenchmark",
            swiftSettings: settings),
        .executableTarget(
            name: "DatabaseBenchmark",
            dependencies: [
                "MiyabiDatabase", "DynamoDBEngine", "DynamoDB", "Postgres",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/DatabaseBenchmark",
            swiftSettings: settings),

        // Tests
        .target(name: "TestSupport", dependencies: ["Postgres"], path: "Tests/TestSupport", swiftSettings: settings),
        .target(
            name: "MiyabiTestSupport",
            dependencies: [
                "MiyabiDatabase", "MiyabiHome", "MiyabiSystem", "DynamoDBEngine", "DynamoDB", "Postgres", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/MiyabiTestSupport",
            swiftSettings: settings),
        .target(name: "Fuzzing", path: "Tests/Fuzzing", swiftSettings: settings),
        .target(name: "Guides", path: "Tests/Guides", swiftSettings: settings),
        .testTarget(
            name: "PostgresTests",
            dependencies: [
                "Postgres", "TestSupport", "Fuzzing", "Guides",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "SchemaTests", dependencies: ["MiyabiMigrations", "MiyabiSystem", "Postgres", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "DynamoDBTests",
            dependencies: [
                "AWSCore", "DynamoDB", "DynamoDBEngine", "DynamoDBService", "Fuzzing", "Guides", "MiyabiSystem",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            exclude: ["Fixtures"],
            swiftSettings: settings),
        .testTarget(
            name: "EncryptionTests", dependencies: ["Encryption", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .testTarget(
            name: "DynamoDBEngineTests",
            dependencies: [
                "DynamoDBEngine", "DynamoDB", "Encryption", "Fuzzing", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "DynamoDBServiceTests",
            dependencies: [
                "DynamoDBService", "DynamoDBEngine", "DynamoDB", "AWSCore", "Fuzzing",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            exclude: ["Fixtures"],
            swiftSettings: settings),
        .testTarget(name: "DurabilityTests", dependencies: ["DynamoDB", "MiyabiSystem"], swiftSettings: settings),
        .testTarget(
            name: "MiyabiDatabaseTests",
            dependencies: [
                "MiyabiDatabase", "MiyabiRelational", "MiyabiRealtime", "MiyabiLicensing", "MiyabiOperations",
                "MiyabiMigrations", "MiyabiSystem", "DynamoDBService", "DynamoDBEngine", "DynamoDB", "AWSCore",
                "Postgres",
                "MiyabiTestSupport", "TestSupport", "Fuzzing", "Guides",
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
                .product(name: "InMemoryLogging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "MiyabiSystemTests", dependencies: ["MiyabiSystem"], swiftSettings: settings),
        .testTarget(
            name: "MiyabiHomeTests",
            dependencies: ["MiyabiHome", "MiyabiSystem", "DynamoDB", "Postgres", "MiyabiTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "MiyabiMigrationsTests",
            dependencies: [
                "MiyabiMigrations", "MiyabiSystem", "EmbedSQLTool", "Postgres", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "MiyabiImportTests",
            dependencies: [
                "MiyabiImport", "MiyabiDatabase", "MiyabiSystem", "DynamoDB", "Postgres", "MiyabiTestSupport",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "MiyabiMonitoringTests",
            dependencies: [
                "MiyabiMonitoring", "MiyabiHome", "MiyabiSystem", "DynamoDBService", "Fuzzing",
                .product(name: "Histogram", package: "hdrhistogram-swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "MiyabiOperationsTests",
            dependencies: [
                "MiyabiOperations", "MiyabiMigrations", "MiyabiHome", "MiyabiSystem", "MiyabiDatabase",
                "DynamoDBEngine", "DynamoDB", "Postgres", "MiyabiTestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "MiyabiDoctorTests",
            dependencies: [
                "MiyabiDoctor", "MiyabiDatabase", "MiyabiImport", "DynamoDBEngine", "DynamoDB", "Postgres",
                "MiyabiTestSupport", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
