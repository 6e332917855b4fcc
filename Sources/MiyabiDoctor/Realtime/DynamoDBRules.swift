import DynamoDB
import MiyabiRealtime

/// What differs in DynamoDB from what the product and the specification want.
enum DynamoDBRules {
    static let all = [
        missing, different, streamOff, timeToLiveOff, recoveryOff, deletionProtectionOff, capacity,
        LargeItems.rule,
    ]

    private static let missing = DynamoDBRule(
        "dynamodb-table-missing", .error, "A table that the stores need does not exist: what they keep in it fails."
    ) { rule, patient in
        Look(
            MiyabiTables.all.map(\.tableName).filter { patient.states[$0] == .missing }.map { name in
                rule.finding("table \(name)", "table \(name) does not exist", mend: "miyabi up --prepare")
            })
    }

    private static let different = DynamoDBRule(
        "dynamodb-table-different", .error,
        "A table has other keys or indexes than the stores need. Keys cannot be changed; an index can be added."
    ) { rule, patient in
        Look(
            patient.tables.compactMap { wanted, _ in
                guard case .different(let error) = patient.states[wanted.tableName] else { return nil }
                return rule.finding(
                    "table \(wanted.tableName)", "\(error)",
                    mend: patient.aws("update-table", wanted.tableName)
                        + " --global-secondary-index-updates …  # docs/data-layer.md has the keys; where they differ, a new table"
                )
            })
    }

    private static let streamOff = DynamoDBRule(
        "dynamodb-stream-off", .warning,
        "A table has no stream of old and new images: subscriptions and projections of it hear nothing."
    ) { rule, patient in
        Look(
            patient.tables.compactMap { wanted, found in
                let stream = found.streamSpecification
                guard stream?.streamEnabled != true || stream?.streamViewType != .newAndOldImages else { return nil }
                let isOn = stream?.streamEnabled == true
                return rule.finding(
                    "table \(wanted.tableName)",
                    isOn
                        ? "the stream of \(wanted.tableName) has \(stream?.streamViewType?.rawValue ?? "unknown") only"
                        : "\(wanted.tableName) has no stream",
                    mend: (isOn
                        ? patient.aws("update-table", wanted.tableName)
                            + " --stream-specification StreamEnabled=false && " : "")
                        + patient.aws("update-table", wanted.tableName)
                        + " --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES")
            })
    }

    private static let timeToLiveOff = DynamoDBRule(
        "dynamodb-ttl-off", .warning,
        """
        A table does not expire its items by `ttl`, which the specification wants (90 days, 7 days, 24 hours): it grows \
        without end.
        """
    ) { rule, patient in
        var look = Look()
        for (wanted, _) in patient.tables {
            let found = try await patient.dynamoDB.describeTimeToLive(
                DescribeTimeToLiveInput(tableName: wanted.tableName)
            ).timeToLiveDescription
            let name = MiyabiTables.timeToLive.attributeName
            if [.enabled, .enabling].contains(found.timeToLiveStatus), found.attributeName == name { continue }
            look.findings.append(
                rule.finding(
                    "table \(wanted.tableName)",
                    found.timeToLiveStatus == .enabled
                        ? "\(wanted.tableName) expires items by \(found.attributeName ?? "another attribute"), not by \(name)"
                        : "\(wanted.tableName) does not expire its items",
                    mend: patient.aws("update-time-to-live", wanted.tableName)
                        + " --time-to-live-specification Enabled=true,AttributeName=\(name)"))
        }
        return look
    }

    private static let recoveryOff = DynamoDBRule(
        "dynamodb-pitr-off", .warning,
        """
        Point-in-time recovery is off, which the specification's 6.1 wants for every table. Advice for a home, where one \
        command turns it on for both halves.
        """
    ) { rule, patient in
        var off: [String] = []
        for (wanted, _) in patient.tables {
            let found = try await patient.dynamoDB.describeContinuousBackups(
                DescribeContinuousBackupsInput(tableName: wanted.tableName)
            ).continuousBackupsDescription
            let status = found?.pointInTimeRecoveryDescription?.pointInTimeRecoveryStatus
            if status != .enabled { off.append(wanted.tableName) }
        }
        guard !off.isEmpty else { return Look() }
        if patient.isEmbedded {
            return Look([
                rule.finding(
                    .advice, "tables \(off.joined(separator: ", "))",
                    "point-in-time recovery is off for \(off.joined(separator: ", "))", ["tables": .integer(off.count)],
                    mend: "miyabi recovery enable")
            ])
        }
        return Look(
            off.map { name in
                rule.finding(
                    "table \(name)", "point-in-time recovery is off for \(name)",
                    mend: patient.aws("update-continuous-backups", name)
                        + " --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true")
            })
    }

    private static let deletionProtectionOff = DynamoDBRule(
        "dynamodb-deletion-protection-off", .advice,
        "One DeleteTable with a wrong name removes the table with its data. Not told of a home, which `miyabi reset` guards."
    ) { rule, patient in
        guard !patient.isEmbedded else { return Look() }
        return Look(
            patient.tables.filter { $0.found.deletionProtectionEnabled != true }.map { wanted, _ in
                rule.finding(
                    "table \(wanted.tableName)", "\(wanted.tableName) may be deleted by one call",
                    mend: patient.aws("update-table", wanted.tableName) + " --deletion-protection-enabled")
            })
    }

    /// The specification's bounds (section 3.5) for a table with provisioned capacity.
    private static let bounds = (reads: 10...200, writes: 5...100)

    private static let capacity = DynamoDBRule(
        "dynamodb-capacity", .warning,
        """
        Provisioned capacity below the specification's least (10 reads, 5 writes a second), or an index that takes fewer \
        writes than its table and so throttles it (warnings); or above the specification's most (200 and 100; advice). \
        What is really used only CloudWatch knows.
        """
    ) { rule, patient in
        var look = Look()
        for (wanted, found) in patient.tables {
            guard let capacity = found.provisionedThroughput, let reads = capacity.readCapacityUnits,
                let writes = capacity.writeCapacityUnits, reads > 0, writes > 0
            else { continue }
            let evidence: [String: Evidence] = ["reads": .integer(reads), "writes": .integer(writes)]
            let units = "\(reads) reads and \(writes) writes a second"
            let mend =
                patient.aws("update-table", wanted.tableName)
                + " --provisioned-throughput ReadCapacityUnits=\(bounds.reads.lowerBound),WriteCapacityUnits=\(bounds.writes.lowerBound)"
            if reads < bounds.reads.lowerBound || writes < bounds.writes.lowerBound {
                look.findings.append(
                    rule.finding(
                        "table \(wanted.tableName)",
                        "\(wanted.tableName) has \(units), less than the specification's \(bounds.reads.lowerBound) and "
                            + "\(bounds.writes.lowerBound)", evidence, mend: mend))
            }
            if reads > bounds.reads.upperBound || writes > bounds.writes.upperBound {
                look.findings.append(
                    rule.finding(
                        .advice, "table \(wanted.tableName)",
                        "\(wanted.tableName) has \(units), more than the specification's \(bounds.reads.upperBound) and "
                            + "\(bounds.writes.upperBound)", evidence,
                        mend: patient.aws("update-table", wanted.tableName)
                            + " --billing-mode PAY_PER_REQUEST  # or less: see its consumed capacity in CloudWatch"))
            }
            for index in found.globalSecondaryIndexes ?? [] {
                guard let own = index.provisionedThroughput?.writeCapacityUnits, own < writes else { continue }
                look.findings.append(
                    rule.finding(
                        "index \(index.indexName) of \(wanted.tableName)",
                        "index \(index.indexName) takes \(own) writes a second and \(wanted.tableName) \(writes): "
                            + "writes of the table wait for it",
                        ["index_writes": .integer(own), "table_writes": .integer(writes)],
                        mend: patient.aws("update-table", wanted.tableName)
                            + " --global-secondary-index-updates 'Update={IndexName=\(index.indexName),"
                            + "ProvisionedThroughput={ReadCapacityUnits=\(reads),WriteCapacityUnits=\(writes)}}'"))
            }
        }
        return look
    }
}
