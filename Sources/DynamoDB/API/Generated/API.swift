// Made by scripts/generate-api of the API's model in botocore 1.44.8. Do not edit.
// swift-format-ignore-file

extension ReturnConsumedCapacity {
    package static var namesInErrors: String { "INDEXES, TOTAL, NONE" }
}

extension ReturnItemCollectionMetrics {
    package static var namesInErrors: String { "SIZE, NONE" }
}

extension ReturnValues {
    package static var namesInErrors: String { "ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW" }
}

extension ReturnValuesOnConditionCheckFailure {
    package static var namesInErrors: String { "ALL_OLD, NONE" }
}

extension Select {
    package static var namesInErrors: String { "SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES" }
}
