extension JSONReader {
    /// The deepest nesting of a value that is passed over.
    static let maximumSkippedDepth = 512

    /// Passes over the next value, checking that it is JSON. It does not recurse.
    ///
    /// - Returns: How many containers within each other it is made of.
    @discardableResult
    package mutating func skip() throws(DynamoDBError) -> Int {
        // One bit for each open container: set for an object.
        var open: [Bool] = []
        var depth = 0
        while true {
            switch try peek() {
            case UInt8(ascii: "{"):
                position += 1
                if try peek() == UInt8(ascii: "}") {
                    position += 1
                } else {
                    try descend(&open, isObject: true)
                    try memberName()
                    continue
                }
            case UInt8(ascii: "["):
                position += 1
                if try peek() == UInt8(ascii: "]") {
                    position += 1
                } else {
                    try descend(&open, isObject: false)
                    continue
                }
            case UInt8(ascii: "\""): _ = try string()
            case UInt8(ascii: "t"): try literal("true")
            case UInt8(ascii: "f"): try literal("false")
            case UInt8(ascii: "n"): try literal("null")
            default:
                guard try isNumberNext() else { throw malformed("expected a value") }
                _ = try number()
            }
            depth = max(depth, open.count)
            guard try ascend(&open) else { return depth }
        }
    }

    /// Goes on after a value: to the next one beside it, or out of the containers that end. False when all have ended.
    private mutating func ascend(_ open: inout [Bool]) throws(DynamoDBError) -> Bool {
        while let isObject = open.last {
            let byte = try peek()
            if byte == UInt8(ascii: ",") {
                position += 1
                if isObject { try memberName() }
                return true
            }
            guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw malformed("expected ',' or the container's end")
            }
            position += 1
            open.removeLast()
        }
        return false
    }

    private func descend(_ open: inout [Bool], isObject: Bool) throws(DynamoDBError) {
        guard open.count < JSONReader.maximumSkippedDepth else { throw malformed("nested too deeply") }
        open.append(isObject)
    }

    private mutating func memberName() throws(DynamoDBError) {
        _ = try string(try key())
        try expect(UInt8(ascii: ":"))
    }
}
