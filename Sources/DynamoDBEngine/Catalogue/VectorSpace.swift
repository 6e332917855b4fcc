internal import DynamoDB

/// What a vector index measures: vectors of so many numbers, which items hold in one attribute, and how near two are.
struct VectorSpace: Sendable {
    /// The attribute that holds a list of numbers.
    let attribute: String
    let dimensions: Int
    let function: VectorDistanceFunction
    /// The attributes that a search may ask for beside the partition key.
    let filters: [KeyAttribute]

    /// Why an attribute is no vector of the space.
    enum Misfit: Error {
        case noList
        case element(Int, AttributeType)
        case count(Int)

        /// As AWS refuses a write with it.
        func told(of attribute: String, _ dimensions: Int, index: String) -> DynamoDBError {
            let detail =
                switch self {
                case .noList:
                    "Invalid type for parameter \(attribute), Expected: 32-bit floating point number list"
                case .element(let position, let type):
                    "Invalid type for parameter \(attribute)[\(position)], Expected: 32-bit floating point number, "
                        + "Actual: \(type.rawValue)."
                case .count(let count):
                    "Invalid size for parameter \(attribute), Expected: \(dimensions), Actual: \(count)"
                }
            return .validation("One or more parameter values were invalid. \(detail) IndexName: \(index)")
        }
    }

    /// Checks that the attribute is a vector of the space.
    func check(_ value: AttributeValue) throws(Misfit) {
        guard case .list(let elements) = value else { throw .noList }
        for (position, element) in elements.enumerated() where VectorSpace.component(element) == nil {
            throw .element(position, element.type)
        }
        guard elements.count == dimensions else { throw .count(elements.count) }
    }

    /// A number as an index keeps it; nil for what is none, or is beyond the range of 32-bit floating point numbers.
    static func component(_ element: AttributeValue) -> Float? {
        guard case .number(let number) = element else { return nil }
        let component = number.int.map { Float($0) } ?? Float(number.description)
        return component.flatMap { $0.isFinite ? $0 : nil }
    }
}

// MARK: - As an index keeps it
/// An index keeps four bytes of each number, as AWS counts it too: as one binary value in the vector's place.
extension VectorSpace {
    /// A vector that ``check(_:)`` lets pass.
    static func packed(_ value: AttributeValue) -> AttributeValue {
        guard case .list(let elements) = value else { return value }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(elements.count * 4)
        for element in elements { bytes.append(bigEndian: (component(element) ?? 0).bitPattern) }
        return .binary(bytes)
    }

    /// The numbers of a packed vector.
    static func components(_ packed: AttributeValue?) -> [Float] {
        guard case .binary(let bytes) = packed else { return [] }
        return stride(from: 0, to: bytes.count - 3, by: 4).map { start in
            Float(bitPattern: bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) })
        }
    }

    /// The list of numbers that a search returns: the shortest decimals that mean the same 32-bit numbers.
    static func unpacked(_ packed: AttributeValue) -> AttributeValue {
        .list(components(packed).map { .number(DecimalNumber($0.description) ?? 0) })
    }
}

// MARK: - How near
extension VectorSpace {
    /// How near two vectors are, as AWS tells it: a 32-bit number, reckoned with 64 bits.
    func score(_ one: [Float], _ other: [Float]) -> Double {
        let score =
            switch function {
            case .dotProduct: dot(one, other)
            case .euclidean:
                zip(one, other).reduce(0.0) { sum, pair in
                    let difference = Double(pair.0) - Double(pair.1)
                    return sum + difference * difference
                }.squareRoot()
            case .cosine: cosineDistance(one, other)
            }
        let most = Double(Float.greatestFiniteMagnitude)
        return Double(Float(max(-most, min(score, most))))
    }

    /// Whether a score tells of a nearer vector than another.
    func isNearer(_ score: Double, than other: Double) -> Bool {
        function == .dotProduct ? score > other : score < other
    }

    private func dot(_ one: [Float], _ other: [Float]) -> Double {
        zip(one, other).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    }

    /// A vector of zeros is at a right angle to all, as on AWS.
    private func cosineDistance(_ one: [Float], _ other: [Float]) -> Double {
        // One root of the product: a vector's distance from itself is then exactly 0.
        let lengths = (dot(one, one) * dot(other, other)).squareRoot()
        guard lengths > 0 else { return 1 }
        return max(0, min(1 - dot(one, other) / lengths, 2))
    }
}
