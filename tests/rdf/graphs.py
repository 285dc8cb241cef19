"""A graph with one thing of every kind that the shapes know, for tests to break."""

from __future__ import annotations

import pyoxigraph as ox

from kg.vocabulary import ONTOLOGY

_HEAD = """
@prefix ckg: <https://w3id.org/cluster-kg/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix a: <https://w3id.org/cluster-kg/id/agency/> .
@prefix c: <https://w3id.org/cluster-kg/id/cluster/> .
@prefix d: <https://w3id.org/cluster-kg/id/district/> .
@prefix x: <https://w3id.org/cluster-kg/id/x/> .
"""

SMALL = (
    _HEAD
    + """
x:plan a ckg:PolicyDocument, ckg:ActionPlan ; rdfs:label "海洋计划"@zh ; dcterms:title "海洋产业集群行动计划" ;
    ckg:sourceFile "a.txt" ; ckg:cluster c:marine ; ckg:issuance x:first, x:second .
x:first a ckg:Issuance ; ckg:agency a:sz-planning-and-natural-resources ; ckg:position 1 ; ckg:evidence x:e1 .
x:second a ckg:Issuance ; ckg:agency a:sz-finance ; ckg:position 2 ; ckg:evidence x:e1 .
x:future a ckg:PolicyDocument, ckg:ActionPlan ; rdfs:label "未来计划"@zh ; dcterms:title "培育发展未来产业行动计划" ;
    ckg:sourceFile "a.txt" ; ckg:cluster c:synthetic-biology, c:blockchain ; ckg:issuance x:third .
x:third a ckg:Issuance ; ckg:agency a:sz-science-technology-innovation ; ckg:position 1 ; ckg:evidence x:e3 .
x:m1 a ckg:Measure ; rdfs:label "建设船坞"@zh ; ckg:partOf x:plan ; ckg:document x:plan ; ckg:number "1." ;
    ckg:heading "建设船坞" ; ckg:kind ckg:KeyTask ; ckg:text "正文" ; ckg:order 1 .
x:m2 a ckg:Measure ; rdfs:label "培养人才"@zh ; ckg:partOf x:m1 ; ckg:document x:plan ; ckg:heading "培养人才" ;
    ckg:kind ckg:Safeguard ; ckg:order 2 .
x:a1 a ckg:Assignment ; ckg:measure x:m1 ; ckg:agency a:sz-commerce ; ckg:role ckg:Joint ; ckg:position 1 ;
    ckg:evidence x:e2 .
x:a2 a ckg:Assignment ; ckg:measure x:m1 ; ckg:agency a:sz-finance ; ckg:role ckg:Joint ; ckg:position 2 ;
    ckg:evidence x:e2 .
x:a3 a ckg:Assignment ; ckg:measure x:m2 ; ckg:agency a:sz-education ; ckg:role ckg:Lead ; ckg:position 1 ;
    ckg:evidence x:e2 .
x:a4 a ckg:Assignment ; ckg:measure x:m2 ; ckg:agency a:sz-talent ; ckg:role ckg:Participant ; ckg:position 2 ;
    ckg:evidence x:e2 .
x:t1 a ckg:Target ; ckg:about c:marine ; ckg:subjectText "海洋产业" ; ckg:metric "增加值" ; ckg:value 12.5 ;
    ckg:valueText "12.50" ; ckg:unit "亿元" ; ckg:comparator ">" ; ckg:year "2025"^^xsd:gYear ; ckg:evidence x:e1 .
x:t2 a ckg:Target ; ckg:subjectText "创新载体" ; ckg:metric "数量" ; ckg:minValue 10.0 ; ckg:maxValue 20.0 ;
    ckg:valueText "10-20" ; ckg:unit "个" ; ckg:comparator "range" ; ckg:evidence x:e1 .
x:t3 a ckg:Target ; ckg:subjectText "领军企业" ; ckg:metric "数量" ; ckg:value 5.0 ; ckg:valueText "5" ; ckg:unit "家" ;
    ckg:comparator "=" ; ckg:evidence x:e3 .
x:o1 a ckg:Observation ; ckg:about c:marine ; ckg:subjectText "海洋产业" ; ckg:metric "增加值" ; ckg:value 8.0 ;
    ckg:valueText "8" ; ckg:unit "亿元" ; ckg:period "2021" ; ckg:periodStart "2021-01-01"^^xsd:date ;
    ckg:periodEnd "2021-12-31"^^xsd:date ; ckg:evidence x:e1, x:e3 .
a:sz-finance ckg:naming x:w1 .
x:w1 a ckg:Naming ; ckg:name "深圳市财政局" ; ckg:usedOn "2022-06", "2023" .
x:k1 a ckg:Conflict ; ckg:kind ckg:TargetBelowObservation ; ckg:between x:t1, x:o1 ; ckg:reason "目标低于现状" .
x:t1 ckg:conflictsWith x:o1 .
x:o1 ckg:conflictsWith x:t1 .
x:r1 a ckg:DistrictRole ; ckg:cluster c:marine ; ckg:district d:yantian ; ckg:roleText "集聚区" ;
    ckg:function "生产制造" ; ckg:evidence x:e2 .
x:p1 a ckg:Platform, ckg:IndustrialPark ; rdfs:label "深圳船舶产业园"@zh ; ckg:cluster c:marine ;
    ckg:district d:shenzhen ; ckg:evidence x:e2 .
x:n1 a ckg:Enterprise ; rdfs:label "某船厂"@zh ; ckg:fullName "某船厂有限公司" ; ckg:stockCode "sz000001" ;
    ckg:evidence x:e2 .
x:s1 a ckg:Subsector ; rdfs:label "海洋渔业"@zh ; ckg:evidence x:e2 .
c:marine ckg:subsector x:s1 .
x:u1 a ckg:Doubt ; ckg:reason "看似目标" ; ckg:evidence x:e2 .
x:e1 a ckg:Evidence ; ckg:document x:plan ; ckg:quote "引文" ; ckg:start 3 ; ckg:end 5 ; ckg:extractor "room/rule" .
x:e2 a ckg:Evidence ; ckg:document x:plan ; ckg:measure x:m1 ; ckg:quote "又一句" ; ckg:start 9 ; ckg:end 12 ;
    ckg:extractor "room/rule" ; ckg:headingPath "一、任务 > 1.建设船坞" .
x:e3 a ckg:Evidence ; ckg:document x:future ; ckg:quote "署名" ; ckg:start 20 ; ckg:end 22 ; ckg:extractor "room/rule" .
"""
)


def turtle(text: str) -> list[ox.Quad]:
    """The statements of a Turtle text, in the default graph."""
    return list(ox.parse(text.encode("utf-8"), format=ox.RdfFormat.TURTLE))


def vocabulary_quads() -> list[ox.Quad]:
    """The statements of the vocabulary."""
    files = sorted((ONTOLOGY / "vocabulary").glob("*.ttl"))
    return [quad for path in files for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]


def small_quads() -> list[ox.Quad]:
    """One thing of every kind, and the vocabulary that they point to."""
    return turtle(SMALL) + vocabulary_quads()
